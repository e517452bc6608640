"""Close reading in JupyterLab, in a real browser, as a person does it: by pointing, by keyboard, and with hostile text.

With STARLIGHT_SCREENSHOTS set to a folder, pictures of the reader are left there.
"""

import json
import os
import re
from pathlib import Path

import pandas as pd
import pytest
from axe_playwright_python.sync_playwright import Axe
from jupyter_in_browser import choose_theme, open_notebook, put_notebook, start_all
from playwright.sync_api import expect

import starlight as st

HOSTILE = (
    "🎬🎬 <script>window.hacked = 1</script> <img src=x onerror='window.hacked = 2'> $x^2$ is **great**   here.\n\n"
    '\tThe \u202emusic is lovely\u202c 👩‍💻 and =HYPERLINK("http://example.com") too.'
)
PLAIN = "The songs are lovely. The plot is a bore, a long one. It runs two hours. A gem."
TABLES = """
import pandas as pd
import starlight as st
from starlight.tables import OPINIONS, build

reviews = st.load_reviews(pd.DataFrame({{
    "review_id": ["plain", "hostile"],
    "text": ["plain", "hostile"],
}})).assign(text=[{plain!r}, {hostile!r}], name=["Plain", "<b onclick='window.hacked =…"])  # loading reads markup
texts = dict(zip(reviews["review_id"], reviews["text"]))

def row(review_id, sentence, quote, theme, polarity):
    start = texts[review_id].index(quote)
    return dict(review_id=review_id, sentence=sentence, start=start, end=start + len(quote), quote=quote,
                theme=theme, polarity=polarity, coder="me")

opinions = build(OPINIONS, [
    row("plain", 0, "songs are lovely", "music", "praise"),
    row("plain", 1, "The plot is a bore", "story", "criticism"),
    row("plain", 1, "bore, a long one", "direction", "criticism"),
    row("hostile", 0, "$x^2$ is **great**", "ideas", "praise"),
    row("hostile", 1, "music is lovely\u202c 👩‍💻", "music", "praise"),
])
"""
READER = """
reader = st.close_reading(reviews, opinions, path={path!r}, who="tester")

def follow(change):
    with open({path!r} + ".seen", "a") as file:
        print(len(change.new), file=file)

reader.observe(follow, "opinions")
reader
"""


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    """The file of corrections."""
    return tmp_path_factory.mktemp("corrections") / "corrections.csv"


@pytest.fixture(scope="module")
def reading(lab, browser, path):
    """A notebook with a reader, run: the page, and what it complained of or asked other machines for."""
    code = TABLES.format(plain=PLAIN, hostile=HOSTILE) + READER.format(path=str(path))
    put_notebook("close_reading_in_browser.ipynb", [code], lab)
    with open_notebook("close_reading_in_browser.ipynb", browser, lab) as (page, heard):
        start_all(page)
        page.wait_for_selector(".sl-reader .sl-mark")
        yield page, heard


def contrast(ink, ground):
    """Return the contrast of two colours, as WCAG defines it."""
    parts = ([int(part) / 255 for part in re.findall(r"\d+", colour)[:3]] for colour in (ink, ground))
    linear = ([part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in one] for one in parts)
    dark, light = sorted(0.2126 * red + 0.7152 * green + 0.0722 * blue for red, green, blue in linear)
    return (light + 0.05) / (dark + 0.05)


def turn_to(page, review, first):
    """Choose a review, and wait until its text is there."""
    page.select_option(".sl-reader label:has-text('Review') select", review)
    page.wait_for_function(f"document.querySelector('.sl-text').textContent.startsWith({json.dumps(first)})")
    page.focus(".sl-page")


def current(page):
    """Return the words of the current opinion, and what the reader says of it."""
    words = page.eval_on_selector_all(".sl-text .sl-current", "all => all.map(mark => mark.textContent)")
    return "".join(words), page.inner_text(".sl-said")


def press(page, *keys):
    """Press keys in the text, each once what the one before it did is drawn."""
    page.focus(".sl-page")
    for key in keys:
        page.keyboard.press(key)


def saved(page, words):
    """Wait until the reader says that it saved this."""
    page.wait_for_function(
        "words => /^Saved/.test(document.querySelector('.sl-status').textContent)"
        " && document.querySelector('.sl-status').textContent.includes(words)",
        arg=words,
    )


def on_disk(path):
    """Return what the file holds, line by line."""
    if not path.exists():  # before the first mark
        return []
    made = pd.read_csv(path)
    return list(made[["action", "quote", "theme"]].itertuples(index=False, name=None))


def select(page, begin, end):
    """Drag over the text from the middle of one word to the middle of another, as they stand in it."""
    places = page.evaluate(
        """words => words.map(word => {
            const walk = document.createTreeWalker(document.querySelector('.sl-text'), NodeFilter.SHOW_TEXT);
            while (walk.nextNode()) {
                const at = walk.currentNode.data.indexOf(word);
                if (at < 0) continue;
                const range = document.createRange();
                range.setStart(walk.currentNode, at);
                range.setEnd(walk.currentNode, at + word.length);
                const box = range.getBoundingClientRect();
                return [box.x + box.width / 2, box.y + box.height / 2];
            }
        })""",
        [begin, end],
    )
    page.mouse.move(*places[0])
    page.mouse.down()
    page.mouse.move(*places[1], steps=3)
    page.mouse.up()


def picture(page, name):
    """Leave a picture of the reader, where pictures are asked for."""
    if folder := os.environ.get("STARLIGHT_SCREENSHOTS"):
        page.locator(".sl-reader").screenshot(path=Path(folder) / f"close_reading_{name}.png")


# Before the others, whose notebook stays open: so both use one page.
QUEUE = """
import pandas as pd
import starlight as st

names = ["plot", "music", *"abcdefghij", "Humour & wit", "<b>pace</b>", "가족"]
book = st.codebook(names)
texts = ["It is long. " * 200 + "It made me laugh.", "It is slow. It is not."]
reviews = st.load_reviews(pd.DataFrame({{"text": texts}}))
sentences = st.split_sentences(reviews).drop(columns="part")
last = sentences.groupby("review_id").tail(1).reset_index(drop=True)
queue = last.assign(theme=names[-3:-1], why="it is likely")
st.close_reading(reviews, themes=book, queue=queue, path={path!r}, who="tester")
"""


def test_a_queue_is_walked_by_keyboard_alone(lab, browser, tmp_path):
    """Each sentence is marked and in sight, its theme is chosen already, and it is on disk once it was read."""
    path = tmp_path / "read.csv"
    put_notebook("queue_in_browser.ipynb", [QUEUE.format(path=str(path))], lab)
    with open_notebook("queue_in_browser.ipynb", browser, lab) as (page, heard):
        start_all(page)
        said, asked = page.locator(".sl-queued"), page.locator(".sl-text .sl-asked")
        expect(said).to_have_text("1 of 2: perhaps Humour & wit it is likely")
        expect(asked).to_have_text("It made me laugh.")
        expect(asked).to_be_in_viewport()
        for key in ("p", "c", "Enter"):
            press(page, key)
            expect(page.locator(".sl-status")).to_have_text("No words are chosen: press w, or select some.")
            page.evaluate("document.querySelector('.sl-status').textContent = ''")
        press(page, "w", "Shift+W", "Shift+W", "Shift+W")
        expect(page.locator(".sl-quote")).to_have_text("It made me laugh")
        page.keyboard.press("Enter")
        page.keyboard.press("Enter")
        expect(page.locator(".sl-status")).to_have_text("Choose praise (key p) or criticism (key c).")
        press(page, "p", "Enter")
        saved(page, "“It made me laugh” is praise of Humour & wit")
        picture(page, "queue")
        press(page, "m")
        expect(said).to_have_text("2 of 2: perhaps <b>pace</b> it is likely")
        expect(page.locator(".sl-reader label:has-text('Review') select")).to_have_value("2")
        press(page, "Shift+M")
        expect(asked.first).to_contain_text("It made me laugh")
        press(page, "u")
        expect(page.get_by_role("button", name="Read, next ›")).to_be_visible()
        for number in (1, 2):
            press(page, "m")
            expect(page.locator(".sl-queue")).to_contain_text(f"{number} of 2 read")
        expect(said).to_contain_text("The end: 2 of 2 sentences are read. Next, run learned = st.learn(book,")
        picture(page, "end")
        press(page, "m", "Shift+M")
        expect(said).to_have_text("2 of 2: perhaps <b>pace</b> it is likely")
        assert [action for action, *_ in on_disk(path)][1:] == [
            "read sentence",
            "not read sentence",
            *["read sentence"] * 2,
        ]
        assert Axe().run(page, context=".sl-reader").response["violations"] == []
        assert heard == {"errors": [], "elsewhere": []}


def test_a_person_reads_and_corrects(reading, path):
    """Stepped to by keyboard, opinions are changed, removed, marked and undone, and each is on disk once it says so."""
    page, heard = reading
    assert current(page) == ("songs are lovely", "praise · Music:")
    press(page, "n")
    assert current(page) == ("The plot is a bore", "criticism · Story:")
    press(page, "ArrowRight")
    assert current(page) == ("bore, a long one", "criticism · Direction:")
    press(page, "n", "p", "p")
    assert current(page) == ("The plot is a bore", "criticism · Story:")
    picture(page, "overlap")

    page.select_option(".sl-reader label:has-text('Theme') select", "characters")
    saved(page, "“The plot is a bore” is criticism of Characters")
    assert on_disk(path) == [("change from criticism of story", "The plot is a bore", "characters")]
    assert current(page) == ("The plot is a bore", "criticism · Characters:")
    assert page.inner_text(".sl-note.sl-current") == "− Characters"

    press(page, "p", "Delete")
    saved(page, "“songs are lovely” is no longer an opinion")
    assert on_disk(path)[1:] == [("remove", "songs are lovely", "music")]
    assert "of 2" in page.inner_text(".sl-where")

    select(page, "runs", "hours")
    page.wait_for_selector(".sl-said:text-is('To mark:')")
    assert page.inner_text(".sl-quote") == "runs two hours"
    picture(page, "marking")
    page.select_option(".sl-reader label:has-text('Theme') select", "direction")
    page.click(".sl-polarity label:has-text('praise')")
    page.click(".sl-reader button:text-is('Mark')")
    saved(page, "“runs two hours” is praise of Direction")
    assert on_disk(path)[2:] == [("add", "runs two hours", "direction")]
    assert current(page) == ("runs two hours", "praise · Direction:")

    press(page, "u")
    saved(page, "“runs two hours” is no longer an opinion")
    press(page, "u")
    saved(page, "“songs are lovely” is praise of Music")
    press(page, "r")
    saved(page, "“songs are lovely” is no longer an opinion")
    assert on_disk(path)[3:] == [
        ("remove", "runs two hours", "direction"),
        ("add", "songs are lovely", "music"),
        ("remove", "songs are lovely", "music"),
    ]
    seen = path.with_name(f"{path.name}.seen").read_text().split()
    assert seen[:5] == ["5", "4", "5", "4", "5"]  # who follows the table got each
    assert heard == {"errors": [], "elsewhere": []}


def test_words_are_marked_by_keyboard_alone(reading, path):
    """Keys choose words, a theme and a polarity, and mark; Escape takes a choice back, and nothing is carried over."""
    page, _ = reading
    turn_to(page, "plain", "The songs")
    before = len(on_disk(path))
    press(page, "w")
    page.wait_for_selector(".sl-said:text-is('To mark:')")
    page.keyboard.press("Escape")
    page.wait_for_selector(".sl-said:not(:text-is('To mark:'))")
    press(page, "w", "b", "b", "b", "b", "b", "b", "b", "b", "b", "w", "w", "w", "Shift+W")
    page.wait_for_function("document.querySelector('.sl-quote').textContent == 'lovely'")
    status = page.locator(".sl-status")
    page.keyboard.press("Enter")
    expect(status).to_have_text("Choose a theme.")
    page.keyboard.type("Mus")
    for _ in range(2):
        page.keyboard.press("Enter")
        expect(status).to_have_text("Choose praise (key p) or criticism (key c).")
    for key, polarity in (("ArrowDown", "criticism"), ("p", "praise")):
        page.keyboard.press(key)
        expect(page.locator(".sl-said")).to_have_text(f"To mark as {polarity} of Music:")
    page.keyboard.press("Enter")
    saved(page, "“lovely” is praise of Music")
    assert on_disk(path)[before:] == [("add", "lovely", "music")]
    assert page.evaluate("document.activeElement.className") == "sl-page"
    press(page, "w")
    page.wait_for_selector(".sl-said:text-is('To mark:')")
    press(page, "c", "Enter", "Enter")
    expect(status).to_have_text("Choose a theme.")
    page.keyboard.press("Escape")
    page.wait_for_selector(".sl-said:not(:text-is('To mark:'))")
    assert len(on_disk(path)) == before + 1
    assert page.locator(".jp-Cell").count() == 1  # no key reached the notebook's own commands


def test_enter_goes_to_the_theme_and_back_to_the_text(reading, path):
    """Enter saves the theme that was chosen by keyboard and goes back: the next key is no choice in the list."""
    page, _ = reading
    turn_to(page, "plain", "The songs")
    page.focus(".sl-strip")
    page.keyboard.press("Home")
    words, before = current(page)[0], page.input_value(".sl-reader label:has-text('Theme') select")
    press(page, "Enter")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    saved(page, f"“{words}” is")
    assert on_disk(path)[-1][1:] != (words, before)
    assert page.evaluate("document.activeElement.className") == "sl-page"
    changed = page.inner_text(".sl-status")
    page.keyboard.press("u")
    expect(page.locator(".sl-status")).not_to_have_text(changed)
    saved(page, f"“{words}” is")
    assert on_disk(path)[-1][1:] == (words, before)
    lines = len(on_disk(path))
    for key in ("Enter", "Enter", "n"):
        page.keyboard.press(key)
    assert current(page)[0] != words
    assert len(on_disk(path)) == lines


def test_a_button_can_be_read_under_the_pointer(reading):
    """The pointer does not take the words of a button away, in either theme."""
    page, _ = reading
    turn_to(page, "plain", "The songs")
    press(page, "w")
    for theme in ("dark", "light"):
        choose_theme(page, theme)
        for button in page.locator(".sl-reader button:visible:not([aria-disabled=true])").all():
            button.hover()
            ink, ground = button.evaluate("one => [getComputedStyle(one).color, getComputedStyle(one).backgroundColor]")
            assert contrast(ink, ground) >= 4.5, (theme, button.inner_text())
    press(page, "Escape")
    page.wait_for_selector(".sl-said:not(:text-is('To mark:'))")


def test_the_strip_a_filter_a_search_and_a_note_by_keyboard(reading, path):
    """Steps and the strip pass over what a filter fades; a place that was found is read; a note is on disk, as text."""
    page, heard = reading
    turn_to(page, "plain", "The songs")
    page.select_option("[aria-label='Show only']", "criticism")
    assert "of 2 chosen" in page.inner_text(".sl-where")
    page.focus(".sl-strip")
    for key, words in (("Home", "The plot is a bore"), ("ArrowRight", "bore, a long one"), ("n", "The plot is a bore")):
        page.keyboard.press(key)
        assert current(page)[0] == words
    assert page.locator(".sl-text .sl-off").count() > 0
    page.select_option("[aria-label='Show only']", "")
    page.focus(".sl-page")
    page.keyboard.press("c")
    page.keyboard.type("<b>=1+1</b>")
    page.keyboard.press("Enter")
    saved(page, "has the note “<b>=1+1</b>”")
    assert on_disk(path)[-1][0] == "note: <b>=1+1</b>"
    assert page.inner_text(".sl-written") == "<b>=1+1</b>"
    page.keyboard.press("/")
    page.keyboard.type("MUSIC is")
    page.wait_for_selector(".sl-found button")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator(".sl-text .sl-selected")).to_have_text("music is")
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    expect(page.locator(".sl-found")).to_be_hidden()
    turn_to(page, "plain", "The songs")
    assert heard == {"errors": [], "elsewhere": []}


def test_a_hostile_review_shows_as_it_is_and_does_nothing(reading, path):
    """Tags, formulas, mathematics, asterisks, blanks and marks that turn letters round show as they are."""
    page, heard = reading
    turn_to(page, "hostile", "🎬")
    assert page.eval_on_selector(".sl-text", "text => text.textContent") == HOSTILE
    assert page.locator(".sl-reader :is(script, img, b, strong, a, mjx-container)").count() == 0
    options = page.eval_on_selector_all(".sl-reader select option", "all => all.map(option => option.textContent)")
    assert options[:2] == ["Plain", "<b onclick='window.hacked =…"]
    assert page.eval_on_selector(".sl-text", "text => getComputedStyle(text).whiteSpace").startswith("pre-wrap")
    assert current(page)[0] == "$x^2$ is **great**"  # two emoji before it shift nothing
    picture(page, "hostile")
    press(page, "n")
    assert current(page)[0] == "music is lovely\u202c 👩‍💻"
    assert page.evaluate("""() => {
        const walk = document.createTreeWalker(document.querySelector('.sl-text'), NodeFilter.SHOW_TEXT);
        while (walk.nextNode() && !walk.currentNode.data.startsWith('music'));
        const [first, second] = [0, 1].map(at => {
            const range = document.createRange();
            range.setStart(walk.currentNode, at);
            range.setEnd(walk.currentNode, at + 1);
            return range.getBoundingClientRect().x;
        });
        return first < second;
    }""")
    select(page, "HYPERLINK", "too")
    page.wait_for_selector(".sl-said:text-is('To mark:')")
    page.select_option(".sl-reader label:has-text('Theme') select", "direction")
    press(page, "c", "Enter")
    saved(page, "=HYPERLINK")
    assert on_disk(path)[-1][1] == '\'=HYPERLINK("http://example.com") too'  # no spreadsheet runs it
    assert page.evaluate("window.hacked") is None
    assert heard == {"errors": [], "elsewhere": []}


def test_a_review_that_is_read_whole_gives_way_to_the_next(reading):
    """How many are read is counted; of one that was read, a button says that it was not after all."""
    page, heard = reading
    turn_to(page, "plain", "The songs")
    press(page, "m")
    expect(page.locator(".sl-text")).to_contain_text("=HYPERLINK")
    expect(page.locator(".sl-reader")).to_contain_text("1 of 2 read")
    expect(page.get_by_role("button", name="Mark as not read")).to_be_hidden()
    turn_to(page, "plain", "The songs")
    page.get_by_role("button", name="Mark as not read").click()
    saved(page, "not read whole")
    assert heard == {"errors": [], "elsewhere": []}


def test_what_another_did_is_seen_when_the_reader_is_turned_to(reading, path):
    """Another program's correction of the same file shows as soon as the focus comes back into the reader."""
    page, heard = reading
    turn_to(page, "plain", "The songs")
    page.evaluate("document.activeElement.blur()")
    tables = {}
    exec(TABLES.format(plain=PLAIN, hostile=HOSTILE), tables)  # noqa: S102 - our own code
    another = st.close_reading(tables["reviews"], tables["opinions"], path=path, who="another")
    start = PLAIN.index("A gem")
    another.mark(start, start + 5, theme="overall", polarity="praise")
    before = page.locator(".sl-note").count()
    page.focus(".sl-page")
    expect(page.locator(".sl-note")).to_have_count(before + 1)
    expect(page.locator(".sl-status")).to_have_text(  # it comes in a message of its own, after the notes
        "corrections.csv was changed elsewhere. The changes are shown here now."
    )
    assert page.locator(".sl-mark", has_text="A gem").get_attribute("title") == "praise: Overall"
    assert heard == {"errors": [], "elsewhere": []}


def test_every_control_has_a_name_and_is_reached_by_keyboard(reading):
    """Tab goes through the review, the search, the strip, the text and what is said of an opinion, each with a name."""
    page, _ = reading
    turn_to(page, "plain", "The songs")
    page.focus(".sl-reader select")
    names = []
    for _ in range(16):
        names.append(
            page.evaluate(
                "() => { const at = document.activeElement;"
                " return at.ariaLabel || at.labels?.[0]?.querySelector('span').textContent || at.textContent; }"
            )
        )
        page.keyboard.press("Tab")
    assert [name.split(".")[0] for name in names] == [
        *("Review", "Search names and texts", "Where to search", "The opinions along the review"),
        *("‹ Previous", "Next ›", "Show only the opinions of", "Show only", "The review"),
        *("Theme", "+ praise", "Note", "Remove", "Undo", "Redo", "Read whole, next ›"),
    ]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_labels_and_contrast_pass_axe(reading, theme):
    """axe-core finds nothing wrong with the reader in either theme of JupyterLab."""
    page, _ = reading
    turn_to(page, "plain", "The songs")
    choose_theme(page, theme)
    found = Axe().run(page, context=".sl-reader").response["violations"]
    assert [(one["id"], [node["html"] for node in one["nodes"]]) for one in found] == []
