"""`cap train`, `cap models`, `cap evaluate`: the model."""

from pathlib import Path
from typing import Annotated

import typer

from cap.output import say, show_table, write_line
from cap.together import refuse
from services.settings import load_settings


def register(app: typer.Typer) -> None:
    """Add this module's commands."""
    app.command()(train)
    app.command()(models)
    app.command()(evaluate)


def train(
    force: Annotated[
        str | None,
        typer.Option(metavar="WORDS", help="A reason to use the new model although it is worse; it is recorded."),
    ] = None,
) -> None:
    """Train the model on what people have decided.

    It learns from our examples and from the labels that people have decided. The new model is used from now on only
    if it is not worse than the current one on texts that neither has seen.
    """
    from flows.settings import prepare

    settings = load_settings()
    prepare(settings.outputs)
    from flows.train import train_here

    say("Training takes a few minutes.")
    result = train_here(settings, force=force, waiting=say)
    write_line(f"{result.version}: learnt from {result.examples} examples and {result.decisions} decisions")
    if result.verdict is not None:
        v = result.verdict
        rows = [
            ("Right quadrant", f"{v.current.accuracy:.3f}", f"{v.candidate.accuracy:.3f}"),
            *(
                (f"F1 of {code}", f"{before:.3f}", f"{after:.3f}")
                for (code, before), (_, after) in zip(v.current.by_quadrant, v.candidate.by_quadrant, strict=True)
            ),
        ]
        show_table(("On texts not learnt from", "Current model", "New model"), rows, numbers=frozenset({1, 2}))
        for reason in v.reasons:
            say(reason)
    for kept in result.kept_out:
        say(f"{kept.recommendation_id} was left out. {kept.why}")
    write_line("The new model is in use." if result.promoted else "The current model stays in use.")
    write_line(f"The new model is kept in {result.folder}")


def models(
    context: typer.Context,
    use: Annotated[
        str | None, typer.Option(metavar="MODEL", help="Bring this model back into use. [default: only list them]")
    ] = None,
    why: Annotated[str, typer.Option(metavar="WORDS", help="The reason, for the record.")] = "",
) -> None:
    """List the models, or bring an earlier one back.

    They are those that were trained here and the one that came with the software. Decisions that people made stay as they
    are; what nobody has checked gets new suggestions from the model in use.
    """
    from services.house import open_house
    from services.versions import all_versions, bring_back

    if use is None:
        refuse(context, "why", when="without --use")
    with open_house(load_settings()) as house:
        if use is not None:
            write_line(f"{bring_back(house, use, why=why).name} is in use from now on.")
            return
        show_table(
            ("Model", "Made on", "Examples", "Decisions", "Right on texts not learnt from", ""),
            [
                (
                    v.name,
                    v.created[:10],
                    str(v.examples),
                    str(v.decisions),
                    f"{v.held_out_accuracy:.3f}",
                    ", ".join(word for word, so in (("in use", v.live), ("came with the software", v.shipped)) if so),
                )
                for v in all_versions(house)
            ],
            numbers=frozenset({2, 3, 4}),
        )


def evaluate(
    gold: Annotated[
        Path | None,
        typer.Argument(
            metavar="GOLD", help="Labelled texts, one JSON object a line. [default: our own examples, cross-validated]"
        ),
    ] = None,
) -> None:
    """Measure how often the model is right.

    It also writes the model's card: where it is wrong, and what it must not be used for.
    """
    from services.house import open_house
    from services.training import evaluate_model

    settings = load_settings()
    if gold is None:
        say("Measuring on our own examples takes a few minutes.")
    with open_house(settings) as house:
        figures, card = evaluate_model(house, gold)
        write_line(f"{figures.items} texts, {house.classifier.version}")
        rows = [
            ("Quadrant accuracy", figures.accuracy),
            ("Quadrant macro-F1", figures.macro_f1),
            ("Accuracy, second quadrant counted too", figures.lenient),
            ("Issues micro-F1", figures.issues_micro_f1),
            ("Practice areas micro-F1", figures.areas_micro_f1),
        ]
        show_table(
            ("Figure", "Value", "95% interval"),
            [
                *((name, f"{f.value:.3f}", f"{f.low:.3f} to {f.high:.3f}") for name, f in rows),
                ("Accuracy of the surest four fifths", f"{figures.top80:.3f}", ""),
                ("Share left to a person as unsure", f"{figures.unsure:.3f}", ""),
                ("Calibration error", f"{figures.calibration_error:.3f}", ""),
            ],
            numbers=frozenset({1}),
        )
        write_line(f"The model card: {card}")
