"""Chinese beside English: the same places and figures, Traditional script, one term for one thing."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

import analyser

HOME = Path(analyser.__file__).parent
SOURCES = Path(__file__).resolve().parents[1].parent / "shared" / "guideline"
HAN = "[\u4e00-\u9fff]"
MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip

# What another word of the texts already means, or what nobody in Hong Kong says -> the word to use.
OTHER_WORDS = {
    "政策": "準則 (policy)",
    "審核": "審查 (audit), 評估 (to assess), 評核 (what the council does)",
    "解讀": "理解 (reading)",
    "識別碼": "編號 (id)",
    "雙重認證|雙重身份": "雙重身分認證 (two factors)",
    "身份": "身分 (identity)",
    "核實身分|身分核實|監考核實": "驗證 (identity check)",
    "續期": "周年覆核 (renewal)",
    "媒體": "影音 (media)",
    "授課時間": "面授時間 (contact time)",
    "進出紀錄": "出入紀錄 (scan)",
    "到訪": "到場 (visit)",
    "最低時間|最低學習|最少時數": "最少學習時數 (minimum learning time)",
    "待人決定|由人決定": "待人員決定 (until a person decides)",
    "獨有": "獨特 (of its own)",
    "補考": "重考 (retake)",
    "重修": "重讀 (restudy)",
    "學員|學生|用戶名": "參加者 (participant)",
    "記錄冊|登記表": "登記冊 (register)",
    "(?<!活動)提供者": "活動提供者 (provider)",
    "信息|視頻|質量|默認|鏈接|登錄|文檔|數據庫|在線|批量|發送|屏幕|激活|反饋|不獲認識": "Hong Kong usage",
}


def _pairs(node: object, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], str, str]]:
    if isinstance(node, list):
        node = {str(place): entry for place, entry in enumerate(node)}
    if not isinstance(node, dict):
        return
    if isinstance(node.get("en"), str) and isinstance(node.get("zh"), str):
        yield path, node["en"], node["zh"]
        return
    for key, entry in node.items():
        yield from _pairs(entry, (*path, key))


TEXTS = [
    (" ".join((*file.relative_to(HOME).parts[-3:], *path)), english, chinese)
    for file in sorted(HOME.rglob("*.toml"))
    if file.name != "cases.toml"
    for path, english, chinese in _pairs(tomllib.loads(file.read_text("utf-8")), ())
]


def places(text: str) -> list[str]:
    """Names of the places for data."""
    return sorted(re.findall(r"\{[\w.]+\}", text))


def figures(text: str) -> set[str]:
    """Figures written in digits; a month counts by its number, as Chinese writes it."""
    for number, month in enumerate(MONTHS, 1):
        text = re.sub(rf"\b{month}\b", f" {number} ", text)
    # The Observatory's signal is 八號, never "8 號".
    text = re.sub(r"\{.*?\}|No\. 8", " ", text)
    return {
        figure if ":" in figure else figure.replace(",", "")
        for figure in re.findall(r"\d(?:[\d.,:]*\d)?", text)
    }


def is_traditional(text: str) -> bool:
    """Whether each character is in Hong Kong's own set."""
    try:
        "".join(re.findall(HAN, text)).encode("big5hkscs")
    except UnicodeEncodeError:
        return False
    return True


def test_texts_are_found() -> None:
    """Cards, policies, guidelines, words and schemes, all of them."""
    kinds = {name.split()[-2] for name, _, _ in TEXTS} | {name.split()[-1] for name, _, _ in TEXTS}
    assert {"message", "benign", "about", "asks", "title", "met"} <= kinds
    assert len(TEXTS) > 1000


def test_both_languages_have_the_same_places() -> None:
    assert [name for name, english, chinese in TEXTS if places(english) != places(chinese)] == []


def test_both_languages_have_the_same_figures() -> None:
    """A threshold, a date or a paragraph that one names, the other names."""
    years_and_months = re.compile(r"(source|reason missing)$")  # "June 2024" and 2024 年 6 月 are counted too
    told = [(name, figures(english) ^ figures(chinese)) for name, english, chinese in TEXTS]
    assert [(name, odd) for name, odd in told if odd and not years_and_months.search(name)] == []


def test_script_is_traditional() -> None:
    assert is_traditional("審計跟蹤紀錄")
    assert not is_traditional("时间")
    assert [name for name, _, chinese in TEXTS if not is_traditional(chinese)] == []


def test_marks_between_characters_are_full_width() -> None:
    """Nor does a space part two characters."""
    narrow = re.compile(rf"[{HAN[1:-1]}」）][,;:!?()]|[,;:!?()][{HAN[1:-1]}「（]|{HAN} {HAN}")
    assert narrow.search("活動,單元")
    assert [(name, chinese) for name, _, chinese in TEXTS if narrow.search(chinese)] == []


@pytest.mark.parametrize("other", OTHER_WORDS)
def test_one_thing_has_one_name(other: str) -> None:
    pattern = re.compile(other)
    pages = [(page.name, page.read_text("utf-8")) for page in (HOME.parent / "docs/zh-Hant").glob("*.md")]
    told = [*((name, chinese) for name, _, chinese in TEXTS), *pages]
    found = [name for name, chinese in told if pattern.search(chinese)]
    assert found == [], f"use {OTHER_WORDS[other]}"


def test_an_examination_is_not_what_the_council_does() -> None:
    """For e-learning 考核 is what participants sit, 評核 what the council does with an activity."""
    cards = [
        (name, chinese) for name, _, chinese in TEXTS if re.match(r"clauses c[\d_]+\w* clause.toml", name)
    ]
    e_learning = {folder.name for folder in (HOME / "schemes/ia_elearning/clauses").iterdir()}
    mine = [(name, chinese) for name, chinese in cards if name.split()[1] in e_learning]
    assert len(mine) > 200
    assert [name for name, chinese in mine if re.search("評核(?!期)", chinese)] == []


def test_no_sentence_of_a_source_is_copied() -> None:
    """Names of documents and schemes apart, no stretch of a dozen characters is a source's own."""
    if not SOURCES.is_dir():
        pytest.skip("the sources are not at hand")
    own = "".join(path.read_text("utf-8") for path in SOURCES.glob("*.txt"))
    own = "".join(re.findall(HAN, own))
    names = re.compile("適用於電子學習活動的規定|車輛維修技工自願註冊計劃|講座及多次性培訓活動評核程序")
    copied = []
    for name, _, chinese in TEXTS:
        for stretch in re.findall(rf"{HAN}+", names.sub("—", chinese)):
            if any(stretch[start : start + 12] in own for start in range(len(stretch) - 11)):
                copied.append((name, stretch))
    assert copied == []
