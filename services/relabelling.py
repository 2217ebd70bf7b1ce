"""New suggestions from a new model, for what nobody has checked yet."""

from plan.ledger import transaction
from plan.teaching import unchecked
from plan.writing import add_suggestions, record_run_finish, record_run_start
from services.house import House
from services.ingestion import new_run
from services.labelling import label_texts, vectors_of


def relabel(house: House) -> int:
    """Suggest anew, by the live model, the labels that nobody has decided; gives how many.

    What people decided stays as it is, and every earlier suggestion is kept beside the new one.
    """
    version = house.classifier.version
    waiting = [row for row in unchecked(house.plan) if row.model != version]
    if not waiting:
        return 0
    texts = [row.text for row in waiting]
    suggested = label_texts(house, texts, vectors_of(house, texts))
    run = new_run()
    with transaction(house.plan):
        record_run_start(house.plan, run, "relabel")
        add_suggestions(
            house.plan,
            [(row.recommendation_id, said) for row, said in zip(waiting, suggested, strict=True)],
            framework=house.framework,
            run=run,
        )
        record_run_finish(house.plan, run, "done", {"suggestions": len(waiting)})
    return len(waiting)
