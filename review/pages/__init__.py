"""The pages, a module for each part of the work."""

from review.pages import (
    account,
    actions,
    activity,
    adding,
    api,
    deciding,
    files,
    home,
    importing,
    labels,
    listing,
    model,
    people,
    possible,
    recommendations,
    repeats,
    reviews,
    search,
    themes,
    unsent,
    views,
    words,
)

PAGES = tuple(
    module.router
    for module in (
        account, home, adding, reviews, possible, listing, recommendations, labels, deciding, repeats, actions,
        importing, search, themes, files, model, people, activity, views, words, unsent, api,
    )
)  # fmt: skip
