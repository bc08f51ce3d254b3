"""The demo: train on two real dates, detect, file, and open two places; again it adds nothing."""

import hashlib
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from time import monotonic
from typing import Any

from api import database
from api.demo.accounts import ACCOUNTS, open_accounts
from api.demo.comparison import compare_demo
from api.demo.detection import detect_demo
from api.demo.follow_up import follow_demo
from api.demo.learning import teach_demo
from api.intake import SceneSent, add_scene
from api.model_shelf import publish, put_model
from api.places import open_place
from api.settings import ROOT, Settings
from gis.domain.detection.model_record import ModelRecord
from gis.errors import Unavailable
from gis.ledger import Book
from gis.store import candidates, sites
from gis.store.models import model_of_file
from remote_sensing import model as models
from remote_sensing.classes import class_of
from remote_sensing.model import Model
from remote_sensing.scene import open_scene
from remote_sensing.training import manifest as manifests

DEMO_DATA = ROOT / "data" / "demo"
IMAGERY_PLACE = "strzegom"
PLACES = (IMAGERY_PLACE, "kundulun")
USERNAME, FIELD_USERNAME = (username for username, _, _ in ACCOUNTS)
MODEL = "演示模型"
NOTICE = "Contains modified Copernicus Sentinel data {year}"

Say = Callable[[str, str], None]


class DemoDataMissing(Unavailable):
    """The folder with the demo's data is not beside the program. Facts: path."""

    code = "demo_data_missing"
    zh = "找不到演示数据 {path}：请在完整的代码目录中运行 make demo。"
    en = "The demo's data is not at {path}: run make demo in a whole checkout."


@dataclass(frozen=True, slots=True)
class Summary:
    """What the demo left in the register; areas in hectares."""

    scenes: int
    candidates: list[tuple[str, int, float]]
    new: int
    seen_again: int
    sites: int
    username: str
    password: str
    field_username: str
    field_password: str
    seconds: float

    def as_dict(self) -> dict[str, Any]:
        """Return it for JSON."""
        return asdict(self)

    def lines(self) -> list[tuple[str, str]]:
        """Return it as sentences, Chinese and English."""
        zh = "，".join(f"{class_of(c).zh} {n} 个 {ha:.1f} 公顷" for c, n, ha in self.candidates)
        en = ", ".join(f"{n} {class_of(c).en} {ha:.1f} ha" for c, n, ha in self.candidates)
        return [
            (
                f"演示完成：影像 {self.scenes} 景；疑似图斑 {zh}"
                f"（本次新增 {self.new}，再次见到 {self.seen_again}）；"
                f"清单点位 {self.sites} 个；用时 {self.seconds:.1f} 秒。",
                f"Demo done: {self.scenes} scenes; candidates {en} "
                f"({self.new} new, {self.seen_again} seen again); "
                f"{self.sites} listed sites; {self.seconds:.1f} s.",
            ),
            (
                f"登录：用户名 {self.username}，密码 {self.password}",
                f"Sign in: user {self.username}, password {self.password}",
            ),
            (
                f"外业手机页 /field：用户名 {self.field_username}，密码 {self.field_password}",
                f"On a phone, /field: user {self.field_username}, password {self.field_password}",
            ),
        ]


def run(settings: Settings, say: Say) -> Summary:
    """Run the demo; raises what its steps raise."""
    began = monotonic()
    if not DEMO_DATA.is_dir():
        raise DemoDataMissing(path=DEMO_DATA)
    engine = database.make_register(settings)
    try:
        return _run(settings, say, Book(engine, USERNAME), began)
    finally:
        engine.dispose()


def _run(settings: Settings, say: Say, book: Book, began: float) -> Summary:
    passwords = open_accounts(book, settings)
    for place in PLACES:
        open_place(book, DEMO_DATA / place)
    model = _registered(book, settings, _model(settings, say))
    records = []
    manifest = manifests.read(DEMO_DATA / IMAGERY_PLACE / "manifest.toml")
    for item in manifest.scenes:
        scene = open_scene(item.image, acquired_on=item.acquired_on)
        year = item.acquired_on.year if item.acquired_on else ""
        sent = SceneSent(
            scene, "STRZEGOM", item.image.stem, "Sentinel-2 MSI L2A", NOTICE.format(year=year)
        )
        records.append(add_scene(book, settings, sent))
    found = detect_demo(book, settings, say, model, records)
    follow_demo(book, DEMO_DATA / IMAGERY_PLACE, "STRZEGOM", records)
    teach_demo(book, settings, DEMO_DATA / IMAGERY_PLACE, "STRZEGOM")
    compare_demo(book, settings, say, model, DEMO_DATA / IMAGERY_PLACE / "manifest.toml")
    with book.reading() as connection:
        by_class = candidates.areas_by_class(connection, "STRZEGOM")
        listed = len(sites.codes(connection))
    return Summary(
        scenes=len(manifest.scenes),
        candidates=[(name, number, round(area / 1e4, 1)) for name, number, area in by_class],
        new=found.new,
        seen_again=found.seen_again,
        sites=listed,
        username=USERNAME,
        password=passwords[USERNAME],
        field_username=FIELD_USERNAME,
        field_password=passwords[FIELD_USERNAME],
        seconds=round(monotonic() - began, 1),
    )


def _registered(book: Book, settings: Settings, model: Model) -> ModelRecord:
    """Register the demo's model and publish it, once; who withdraws it is not overruled."""
    with book.reading() as connection:
        known = model_of_file(connection, model.sha256)
    if known is not None:
        return known
    record, _ = put_model(book, settings, model, f"{MODEL} {model.sha256[:6]}")
    return publish(book, record.id)


def _model(settings: Settings, say: Say) -> Model:
    """Return the demo's model, trained only when its inputs or the code that trains it changed."""
    folder = DEMO_DATA / IMAGERY_PLACE
    digest = hashlib.sha256()
    for file in (*sorted(folder.iterdir()), *sorted(Path(models.__file__).parent.rglob("*.py"))):
        digest.update(file.read_bytes())
    path = settings.models_dir / f"strzegom-demo-{digest.hexdigest()[:16]}.qfm"
    if path.exists():
        return models.load(path)
    from remote_sensing.training.train import train

    say("正在训练模型……", "Training the model…")
    path.parent.mkdir(parents=True, exist_ok=True)
    model = train(manifests.read(folder / "manifest.toml"))
    models.save(model, path)
    return model
