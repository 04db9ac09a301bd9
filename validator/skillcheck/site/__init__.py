"""Skills with what is known of them → the files of a static site that lists them."""

from __future__ import annotations

from skillcheck.site.listing import Entry, Listing
from skillcheck.site.pages import front, of_skill, pages, slugged

__all__ = ["Entry", "Listing", "front", "of_skill", "pages", "slugged"]
