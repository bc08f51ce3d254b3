"""How fast a list comes in: python tools/bench_import.py [ROWS] [--json]

Makes a workbook of ROWS rows (10,000 unless told otherwise) with three faulty ones, then without
them, and loads it into a fresh register with layers: seconds, this process's own seconds of CPU
(the database's come on top), rows a second, and the ratio to a verb a row (measured on 200 rows).
"""

import json
import random
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

import openpyxl
from shapely import LineString
from shapely.geometry import box

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from measuring import told  # noqa: E402

from api.imports import Asked, load, look  # noqa: E402
from gis.domain.terms import LayerKind  # noqa: E402
from gis.imports.mapping import Mapping  # noqa: E402
from gis.ledger import places  # noqa: E402
from tests import throwaway  # noqa: E402
from tests.makers import Clock, a_district, a_layer, list_site, open_book, square  # noqa: E402

HEADINGS = (
    *("编号", "名称", "经度", "纬度", "占地面积（m²）", "点位类型", "镇（街道）", "堆高（m）"),
    *("堆存量（t）", "废物种类", "责任主体类型", "三防情况", "发现日期", "堆存起止年份", "备注"),
)
ONE_BY_ONE = 200


def row(number: int, chance: random.Random) -> list[object]:
    return [
        *(f"P{number:05d}", f"外来堆{number}号"),
        *(round(chance.uniform(109.61, 109.89), 6), round(chance.uniform(40.61, 40.89), 6)),
        *(chance.randint(200, 30_000), "历史遗留固体废物堆场", "昆河镇"),
        *(round(chance.uniform(1, 12), 1), chance.randint(100, 200_000), "SW01 冶炼废渣", "无主"),
        *("防扬散有；防流失无；防渗漏待核实", "2021-07-01", "1998—2006", "外来清单"),
    ]


def workbook(path: Path, rows: list[list[object]]) -> Path:
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("清单")
    sheet.append(["某区历史遗留堆场清单"])
    sheet.append(HEADINGS)
    for one in rows:
        sheet.append(one)
    book.save(path)
    return path


def layers(book: object, chance: random.Random) -> None:
    spots = [(chance.uniform(109.6, 109.9), chance.uniform(40.6, 40.9)) for _ in range(5_000)]
    houses = [box(x, y, x + 0.0002, y + 0.0002) for x, y in spots]
    line = LineString([(109.6, 40.6 + k / 1000) for k in range(300)])
    for layer in (
        a_layer(LayerKind.DWELLING, *houses),
        a_layer(LayerKind.MAIN_STEM, line),
        a_layer(LayerKind.RED_LINE, *(house.buffer(0.002) for house in houses[:300])),
    ):
        places.add_layer(book, *layer)


def main() -> None:
    measure(int(next((word for word in sys.argv[1:] if word.isdigit()), 10_000)))


def measure(wanted: int) -> None:
    chance = random.Random(20260619)
    rows = [row(number, chance) for number in range(wanted)]
    faulty = [list(one) for one in rows]
    for at, column, value in ((10, 2, "东边"), (wanted // 2, 4, -5), (wanted - 1, 1, None)):
        faulty[at][column] = value
    home = throwaway.open_home()
    try:
        server = throwaway.shared_server()
        template = throwaway.template_for(server, "bench_import")
        url = throwaway.create(server, f"bench_import_{uuid4().hex[:8]}", template)
        with tempfile.TemporaryDirectory() as folder, open_book(url, Clock()) as book:
            places.add_district(book, a_district())
            layers(book, chance)
            asked = Asked(
                workbook(Path(folder) / "bad.xlsx", faulty),
                "bad.xlsx",
                "150203",
                "外来清单",
                mapping=Mapping(datum="CGCS2000"),
            )
            start = time.perf_counter()
            looked = look(book, asked)
            report_s = time.perf_counter() - start
            good = replace(
                asked, path=workbook(Path(folder) / "good.xlsx", rows), file_name="good.xlsx"
            )
            book.clock.tick()
            start, cpu = time.perf_counter(), time.process_time()
            record, _ = load(book, good, uuid4())
            load_s, load_cpu_s = time.perf_counter() - start, time.process_time() - cpu
            book.clock.tick()
            start = time.perf_counter()
            again, is_new = load(book, good, uuid4())
            again_s = time.perf_counter() - start
            assert again == record and not is_new
            start = time.perf_counter()
            for number in range(ONE_BY_ONE):
                book.clock.tick(seconds=1)
                list_site(book, name=f"逐行{number}", outline=square(109.61 + number / 1e3, 40.61))
            plain_s = (time.perf_counter() - start) / ONE_BY_ONE * wanted
    finally:
        throwaway.close_home(home)
    told(f"import: {wanted:,} rows looked at, put in, graded", wanted / load_s, "{:,.0f} rows/s")
    told("import: against a verb a row", plain_s / load_s, "{:.1f} x")
    found = {
        "rows": wanted,
        "report_lines": len(looked.faults),
        "report_s": round(report_s, 2),
        "load_s": round(load_s, 2),
        "load_cpu_s": round(load_cpu_s, 2),
        "rows_per_s": round(wanted / load_s),
        "again_s": round(again_s, 2),
        "row_by_row_s": round(plain_s, 1),
        "times_faster": round(plain_s / load_s, 1),
    }
    if "--json" in sys.argv:
        print(json.dumps(found))
        return
    for name, value in found.items():
        print(f"{name:14} {value}")


if __name__ == "__main__":
    main()
