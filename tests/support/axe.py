"""axe-core on a page as it is, our shadow roots included."""

from __future__ import annotations

from playwright.sync_api import Page

from tests.linkedin.bundle import HERE, built

RUN = """async element => (await axe.run(element)).violations
  .flatMap(({ id, nodes }) => nodes.map(node => `${id}: ${node.html.slice(0, 200)} ${node.failureSummary}`))"""


def violations(page: Page, within: str | None = None) -> list[str]:
    """What it finds, below the element named or anywhere."""
    built()
    # Not a script of the page's, which its own content policy would refuse.
    page.evaluate((HERE / "node_modules" / "axe-core" / "axe.min.js").read_text(encoding="utf-8"))
    # Found by the locator: selectors of axe's own do not reach into shadow roots.
    return page.locator(within or "html").first.evaluate(RUN)
