"""The sentences that charts have as titles: what a table shows, or that nothing in it stands out."""

import numpy as np
import pandas as pd

from .wording import JUDGED, joined

_WORDS = ["none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
_ENOUGH = 10  # of fewer nothing is said
_NAMED = 2  # themes that share the first place and have their names in a title
_SURE = 3  # standard errors: by chance less than one of twenty themes would go so far


def of_makeup(made: pd.DataFrame) -> str:
    """Say how much of the reviews is opinion."""
    shares = made.loc[made["kind"] == "opinion", "share"].dropna()
    if not shares.any():
        return "No sentence judges the film"
    low, middle, high = (f"{share:.0%}" for share in shares.quantile([0.25, 0.5, 0.75]))
    if len(shares) == 1:
        return f"{middle} of the review’s sentences judge the film"
    if len(shares) < 30:
        return f"From {shares.min():.0%} to {shares.max():.0%} of a review’s sentences judge the film"
    return f"In the middle half of the reviews, {low} to {high} of the sentences judge the film"


def of_praise(counted: pd.DataFrame) -> str:
    """Say which theme most reviews praise, and which most criticise."""
    if counted["opinions"].sum() == 0:
        return "No review judges a theme"
    every = int(counted["of_reviews"].iloc[0])
    first, second = (_judged(counted[counted["polarity"] == side], side, every) for side in JUDGED)
    second = second.replace(f" of {number(every)} reviews", "").replace("the review", "it")
    what = first.partition(" the ")[2]
    return _sentence(f"{first}; {second.replace(f'the {what}', 'it') if what else second}")


def of_corrected_shares(shares: pd.DataFrame) -> str:
    """Say which share of the program's is furthest outside the interval of the corrected one, or that none is."""
    beyond = pd.concat([shares["low"] - shares["naive"], shares["naive"] - shares["high"]], axis=1).max(axis=1)
    if not beyond.max() > 0:
        return "Each share that the program counts lies within the interval of the corrected one"
    one = shares.loc[[beyond.idxmax()]].to_dict("records")[0]
    judge = f"{JUDGED[one['polarity']][:-1]} {the(one['theme'], one['label'])}"
    said = f"{one['low']:.0%} to {one['high']:.0%} of reviews {judge}; the program counts {one['naive']:.0%}"
    return f"“{one['group']}”: {said}" if len(shares["group"].unique()) > 1 else said


def _judged(rows: pd.DataFrame, side: str, every: int) -> str:
    """Say how many reviews praise, or criticise, the theme that most of them do."""
    most = rows[rows["reviews"] > 0].nlargest(1, ["reviews", "opinions"])
    for reviews, theme, label in most[["reviews", "theme", "label"]].itertuples(index=False, name=None):
        if reviews == 1 < every:
            return f"no theme is {JUDGED[side]} in more than one"
        return f"{part(reviews, every)} {_do(JUDGED[side][:-1], reviews)} {the(theme, label)}"
    return f"nothing is {JUDGED[side]}"


def of_shares_of_praise(counted: pd.DataFrame) -> str:
    """Say in how many reviews praise prevails, and in how many criticism."""
    more = int((counted["praise"] > counted["criticism"]).sum())
    less = int((counted["praise"] < counted["criticism"]).sum())
    if counted["opinions"].sum() == 0:
        return "No review holds an opinion"
    if len(counted) == 1:
        praise, criticism = (number(count) for count in counted[["praise", "criticism"]].iloc[0])
        return _sentence(f"{praise} of the review’s opinions praise, {criticism} criticise")
    return f"Praise prevails in {part(more, len(counted))}, criticism in {number(less)}"


def of_frequency(counted: pd.DataFrame) -> str:
    """Say which theme has the most mentions, and in how many reviews they are."""
    top = counted[counted["mentions"] == counted["mentions"].max()]
    mentions, every = top[["mentions", "of_reviews"]].iloc[0].astype("int64")
    names = [f"“{label}”" for label in top["label"]]
    times = {1: "once", 2: "twice"}.get(mentions, f"{number(mentions)} times")
    if len(names) > _NAMED:
        return _sentence(f"{number(len(names))} themes are mentioned most, {times} each")
    if len(names) > 1:
        return f"{joined(names)} are mentioned most, {times} each"
    return f"{names[0]} is mentioned most, {times}, in {part(int(top['reviews'].iloc[0]), every)}"


def of_themes(shares: pd.DataFrame) -> str:
    """Say which theme most reviews mention most."""
    there = shares[shares["mentions"] > 0]
    every = there["review_id"].nunique()
    if not every:
        return "No review mentions a theme"
    most = there[there["mentions"] == there.groupby("review_id")["mentions"].transform("max")]
    leads = most.drop_duplicates("review_id", keep=False)["theme"].value_counts(sort=False)
    if leads.empty:
        return "No theme is mentioned more than all others"
    theme, reviews = str(leads.idxmax()), int(leads.max())
    if leads.eq(reviews).sum() == 1 and (reviews > 1 or every == 1):
        what = _word(theme, _label(there, theme))
        return _sentence(f"{part(reviews, every)} {_do('mention', reviews)} {what} most")
    return f"No theme is the most mentioned in more than {part(reviews, every)}"


def of_sides(judged: pd.DataFrame) -> str:
    """Say how many reviews praise something, and how many criticise something."""
    reviews = judged.groupby("review_id")[["praise", "criticism"]].sum().gt(0)
    every = len(reviews)
    if not reviews.any(axis=None):
        return "No review holds an opinion"
    if every == 1:
        themes = judged[["praise", "criticism"]].gt(0).sum()
        return f"Themes that the review praises: {number(themes['praise'])}; criticises: {number(themes['criticism'])}"
    praise, criticism = reviews.sum()
    return _sentence(
        f"{part(praise, every)} {_do('praise', praise)} something; "
        f"{number(criticism)} {_do('criticise', criticism)} something"
    )


def of_division(judged: pd.DataFrame, divided: pd.DataFrame, several: bool) -> str:
    """Say how many themes divide the reviews, or those of a film, and how many of them do by a single opinion."""
    number_divided, every = divided["theme"].nunique(), judged["theme"].nunique()
    whom = "the reviews of a film" if several else "the reviews"
    net = divided["praise"] - divided["criticism"]
    sides = [divided[side].where(sign * net > 0, 0) for side, sign in (("praise", 1), ("criticism", -1))]
    pairs = pd.concat(sides, axis=1).groupby([divided["theme"], divided["film"]], dropna=False).sum()
    single = pairs.min(axis=1).groupby("theme").max().eq(1).sum()
    said = f"{number(number_divided)} of {number(every)} themes {_do('divide', number_divided)} {whom}"
    if not single:
        return _sentence(said)
    which = f"{number(single)} of them" if single < number_divided else "each" if single > 1 else "and that"
    return _sentence(f"{said}, {which} by a single opinion")


def of_balance(sides: pd.DataFrame, otherwise: str) -> str:
    """Say which theme divides the reviews most, from `by_side`, unless its smaller side is a single review."""
    against, _, in_favour = sides.head(3)["reviews"].tolist() if len(sides) else (0, 0, 0)
    if min(against, in_favour) < 2:
        return otherwise
    first = sides.loc[sides["smaller"] == sides["smaller"].iloc[0], ["theme", "label", "film"]].drop_duplicates()
    named = [
        f"{the(theme, label)} of “{film}”" if film else the(theme, label)
        for theme, label, film in first.itertuples(index=False, name=None)
    ]
    said = f"{number(in_favour)} mostly praise it, {number(against)} mostly criticise it"
    if len(named) > 1:
        said = " against ".join(map(number, sorted((in_favour, against)))) + " each"
    what = joined(named) if len(named) <= _NAMED else f"{number(len(named))} themes"
    return f"The reviews divide most over {what}: {said}"


def of_mention_places(positions: pd.DataFrame) -> str:
    """Say which theme most keeps to one half of a review."""
    found = _one_half(positions, "theme")
    if found:
        theme, half, there, every = found
        return f"“{_label(positions, theme)}” keeps to the {half} half of a review: {there:,} of its {every:,} mentions"
    if positions.empty:
        return "No review mentions a theme"
    if positions["theme"].value_counts().max() < _ENOUGH:
        return "Too few mentions to tell whether a theme keeps to one half of a review"
    return f"No theme of {_ENOUGH} mentions or more clearly keeps to one half of a review"


def of_opinion_places(positions: pd.DataFrame) -> str:
    """Say whether praise or criticism keeps to one half of a review."""
    found = _one_half(positions, "polarity")
    if not found:
        sides = positions["polarity"].unique()
        whose = sides[0].capitalize() if len(sides) == 1 else "Neither praise nor criticism"
        return f"{whose} clearly keeps to {'neither' if len(sides) == 1 else 'one'} half of a review"
    polarity, half, there, every = found
    return f"Most {polarity} stands in the {half} half of a review: {there:,} of {every:,} opinions"


def _one_half(positions: pd.DataFrame, by: str) -> tuple[str, str, int, int] | None:
    """Return which group keeps to which half beyond chance, and in most reviews, with how many of how many."""
    late = positions["position"] >= 0.5
    groups = late.groupby([positions[by], positions["review_id"]]).agg(["sum", "size"])
    in_reviews = (2 * groups["sum"] - groups["size"]).clip(-1, 1).groupby(by).mean()
    sums = groups.groupby(by).sum()
    off = (2 * sums["sum"] - sums["size"]) / sums["size"] ** 0.5
    clear = off.abs() >= np.maximum(_SURE, sums["size"] ** 0.5 / 3)  # two thirds, and no chance
    off = off[clear & (sums["size"] >= _ENOUGH) & (in_reviews * off > 0)]
    if off.empty:
        return None
    name = str(off.abs().idxmax())
    second, every = (int(sums[column][name]) for column in ("sum", "size"))
    return (name, "second", second, every) if off[name] > 0 else (name, "first", every - second, every)


def _label(rows: pd.DataFrame, theme: str) -> str:
    """Return the label of a theme."""
    return str(rows.loc[rows["theme"] == theme, "label"].iloc[0])


def number(count: int) -> str:
    """Write a number: up to nine in letters."""
    return _WORDS[count] if count < len(_WORDS) else f"{count:,}"


def part(count: int, every: int) -> str:
    """Write how many of the reviews: the review, both, all five, or two of five."""
    if count < every:
        return f"{number(count)} of {number(every)} reviews"
    return {1: "the review", 2: "both reviews"}.get(every, f"all {number(every)} reviews")


def the(theme: str, label: str) -> str:
    """Name what is judged, within a sentence: the visuals; as it is called, if that is not a word."""
    return "the film as a whole" if theme == "overall" else _word(theme, label, "the ")


def _word(theme: str, label: str, article: str = "") -> str:
    """Name a theme within a sentence: in small letters if its label begins as its id, and so is no name."""
    return article + label.lower() if label.lower().split(" ")[0] == theme.replace("_", " ").split(" ")[0] else label


def _do(verb: str, count: int) -> str:
    """Write what one review does, or several do."""
    return f"{verb}s" if count == 1 else verb


def _sentence(words: str) -> str:
    """Begin a sentence with a capital."""
    return words[:1].upper() + words[1:]
