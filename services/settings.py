"""Settings: where things lie and whose plan it is, from `CAP_...` variables and `cap.toml`."""

from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, Field, ValidationError
from pydantic_core import ErrorDetails
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict, TomlConfigSettingsSource

from domain.errors import UsageError
from services.intake import is_samples

PROJECT = Path(__file__).resolve().parent.parent


def _absolute(path: Path) -> Path:
    return path.expanduser().absolute()


Folder = Annotated[Path, AfterValidator(_absolute)]
DatabaseFile = Annotated[Path, AfterValidator(Path.expanduser)]


class Settings(BaseSettings):
    """Each setting with what it means; a variable `CAP_<NAME>` beats `cap.toml` in the current folder, which beats the default."""

    # A word in cap.toml that is no setting is refused: it is a slip of the pen, and would change nothing in silence.
    model_config = SettingsConfigDict(
        env_prefix="CAP_", env_ignore_empty=True, toml_file="cap.toml", frozen=True, extra="forbid"
    )

    corpus: Folder = Field(Path("corpus"), description="Where review PDFs are dropped")
    outputs: Folder = Field(Path("outputs"), description="Where the plan and everything published lie")
    database: DatabaseFile = Field(Path("cap.db"), description="The plan; a relative name lies in the outputs")
    framework: Folder | None = Field(None, description="A partnership's own framework file")
    partnership: str = Field(
        "Safeguarding Children Partnership", description="The name to be printed on what is published"
    )
    template: Folder | None = Field(None, description="A Word file (.docx) whose styles, head and foot documents take")
    models: Folder = Field(PROJECT / "models", description="Training examples and the shipped model")
    workers: int = Field(2, ge=1, le=64, description="How many PDFs are read at once")
    seconds: float = Field(20.0, gt=0, allow_inf_nan=False, description="The longest that reading one PDF may take")
    ocr_seconds: float = Field(
        10.0,
        gt=0,
        allow_inf_nan=False,
        description="The longest that recognising the text of one scanned page may take",
    )
    memory_mb: int = Field(1024, ge=256, description="The most memory that reading one PDF may take, in MiB")
    user: str = Field("", description="Who is deciding, for the audit trail; the login name where it is empty")
    proxy: str = Field("", description="Address of the proxy in front of the web application; none where it is empty")
    proxy_header: str = Field("", description="The header in which that proxy says who signs in; off where it is empty")
    hosts: str = Field("", description="Further names under which the web application may be asked, apart by commas")
    trained: Folder | None = Field(
        None, description="Models trained here and the encoder's export; outputs/models by default"
    )
    refresh: str = Field(
        "0 6 * * 1", description="When the schedule brings the counts up to the day, as cron writes it"
    )
    timezone: str = Field("Europe/London", description="The time of day by which the schedule goes")
    train_after: int = Field(50, ge=1, description="After how many new decisions on labels the schedule trains a model")
    prefect_port: int = Field(4200, ge=1, le=65535, description="Where the schedule's own Prefect server listens")
    shared: Folder | None = Field(
        None,
        description="For a cluster: where readings wait, a folder that all its computers reach; outputs/readings by default",
    )
    backups: Folder | None = Field(
        None, description="Where backups go, a network drive if you like; outputs/backups by default"
    )

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Given in code, then the environment, then `cap.toml`."""
        return init_settings, env_settings, TomlConfigSettingsSource(settings_cls)

    @property
    def plan_file(self) -> Path:
        """The database file; a relative `database` lies in the outputs."""
        return self.outputs / self.database

    @property
    def trained_models(self) -> Path:
        """Where models trained here and the encoder's export are kept."""
        return self.trained or self.outputs / "models"

    @property
    def backup_folder(self) -> Path:
        """Where backups go: the place that is named, else one among the outputs."""
        return self.backups or self.outputs / "backups"

    @property
    def originals(self) -> Path:
        """Where the PDFs are kept unmodified, named by their sha256."""
        return self.outputs / "originals"

    def original(self, sha256: str) -> Path:
        """Where the PDF with this sha256 is kept, if it is."""
        return self.originals / f"{sha256}.pdf"

    @property
    def readings(self) -> Path:
        """Extractions that wait to be entered in the plan, named by the sha256 of their PDF."""
        return self.shared or self.outputs / "readings"

    @property
    def uploads(self) -> Path:
        """Files that came through the browser, until they were taken."""
        return self.outputs / "uploads"

    def demo(self, samples: Path) -> "Settings":
        """The same, for the fictional samples: their own outputs, so that they never enter a real plan."""
        return self.model_copy(
            update={
                "corpus": samples,
                "outputs": self.outputs / "demo",
                "database": Path("cap.db"),
                "trained": self.trained_models,
                "backups": None,
                "shared": None,
                "partnership": "Wexmere Safeguarding Children Partnership (fictional)",
            }
        )


def load_settings(**given: object) -> Settings:
    """Settings with what was given on the command line on top; None means not given.

    Where the corpus is a folder of fictional samples they are the demo's, so that no command leads samples into a real plan.
    Raises `UsageError` with the name of the setting that cannot be used.
    """
    try:
        settings = Settings.model_validate({name: value for name, value in given.items() if value is not None})
    except ValidationError as error:
        raise UsageError(_sentence(error.errors()[0])) from error
    except (OSError, ValueError) as error:
        raise UsageError(f"cap.toml cannot be read: {error}. Correct it or move it away.") from error
    return settings.demo(settings.corpus) if is_samples(settings.corpus) else settings


def _sentence(problem: ErrorDetails) -> str:
    """What is wrong with the first setting that cannot be used, with its name and what it may be."""
    said = problem["msg"].removeprefix("Value error, ").split(", unable to")[0]
    if not problem["loc"]:
        return f"cap.toml cannot be read: {said}. Correct it or move it away."
    name = str(problem["loc"][0])
    if problem["type"] == "extra_forbidden":
        return f"cap.toml has “{name}”, which is not a setting. The settings are: {', '.join(Settings.model_fields)}."
    wanted = "it should be a path" if problem["type"].startswith("path") else said.replace("Input should", "it should")
    return f"The setting CAP_{name.upper()} cannot be {problem['input']!r}: {wanted}. Correct it in cap.toml or the environment."
