"""Shares, their readings, figures."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field, StringConstraints

from server.api.models.base import Count, Draft, Id, Language, Level, Link, Moment, Page, PostUrn, Short, Status, Urns, Verdict
from server.api.wire import Reply, Strict


def _day(value: str) -> str:
    try:
        return date.fromisoformat(value).isoformat()
    except ValueError:
        raise ValueError("a day such as 2026-11-21 is wanted") from None


class ShareFinding(Strict):
    rule: Annotated[str, StringConstraints(max_length=100)]
    level: Level
    category: Annotated[str, StringConstraints(max_length=40)]


class Reading(Strict):
    """One dated set of figures; `where` says how it is known. A figure left out was not seen, zero was."""

    read_at: Moment | None = None
    where: Literal["hand", "page", "import"] = "hand"
    impressions: Count | None = None
    reactions: Count | None = None
    comments: Count | None = None
    reposts: Count | None = None
    clicks: Count | None = None


Text = Annotated[str, StringConstraints(max_length=40)]


class Texts(Strict):
    """Figures as LinkedIn writes them for people: "1,234", "1 234", "12K", "1,2 k"."""

    impressions: Text | None = None
    reactions: Text | None = None
    comments: Text | None = None
    reposts: Text | None = None
    clicks: Text | None = None


class ReadingBody(Reading):
    """A reading to be added. `texts` are figures to be made numbers of, `urn` is the post's on whose page they stood."""

    texts: Texts | None = None
    urn: PostUrn | None = None


class KeptReading(Reading):
    read_at: Moment
    import_id: Id | None = None


class Receipt(Strict):
    """As server.shares.receipts makes it; sent only to put back a share that was deleted."""

    made_at: Moment
    policy_version: Annotated[str, StringConstraints(max_length=100)] | None
    disclosure: Verdict | None
    findings: Annotated[list[Annotated[str, StringConstraints(max_length=100)]], Field(max_length=200)]
    share: Id
    salt: Annotated[str, StringConstraints(pattern="^[0-9a-f]{32}$")]
    hash: Annotated[str, StringConstraints(pattern="^[0-9a-f]{64}$")]


class ShareBody(Strict):
    """`about_work` null leaves it to the companion, which then keeps no post that is not about work, unless the person
    wants all of them.
    """

    id: Id
    text: Draft
    posted_at: Moment | None = None
    permalink: Link | None = None
    urns: Urns = []
    item_id: Id | None = None
    item_title: Short | None = None
    variant_id: Id | None = None
    own_words: Annotated[float, Field(ge=0, le=1)] | None = None
    lang: Language | None = None
    disclosure: Verdict | None = None
    platform_label: bool = False
    findings: Annotated[list[ShareFinding], Field(max_length=200)] = []
    policy_version: Annotated[str, StringConstraints(max_length=100)] | None = None
    dismissed: Annotated[list[Annotated[str, StringConstraints(max_length=100)]], Field(max_length=200)] = []
    topics: Annotated[list[Short], Field(max_length=50)] = []
    about_work: bool | None = True
    import_id: Id | None = None
    receipts: Annotated[list[Receipt], Field(max_length=50)] = []
    readings: Annotated[list[KeptReading], Field(max_length=1000)] = []
    logged_at: Moment | None = None
    updated_at: Moment | None = None
    status: Status


class ShareChange(Strict):
    text: Draft | None = None
    posted_at: Moment | None = None
    permalink: Link | None = None
    urns: Urns | None = None
    status: Status | None = None


class AnyShare(Reply):
    id: str
    text: str
    posted_at: str
    status: Status
    permalink: str | None
    urns: list[str]
    item_id: str | None
    item_title: str | None
    variant_id: str | None
    own_words: float | None
    lang: str | None
    disclosure: Verdict | None
    platform_label: bool
    findings: list[dict[str, Any]]
    policy_version: str | None
    dismissed: list[str]
    topics: list[str]
    about_work: bool
    import_id: str | None
    receipts: list[dict[str, Any]]
    readings: list[dict[str, Any]]
    logged_at: str
    updated_at: str


class ShareRead(AnyShare):
    """`left_out` are figures whose text is no number."""

    left_out: list[str]


class ListedShare(AnyShare):
    """`again_at`: when its item may be shared again; None where it used none, or none that can be shared now."""

    again_at: str | None


class Shares(Reply):
    shares: list[ListedShare]
    total: int
    next: str | None


class SharesPage(Page):
    """`about`: `company` for posts that used an item or are about work, `other` for the rest; `urn`: that one post, by
    either of its numbers.
    """

    status: Status | None = None
    disclosure: Verdict | None = None
    topic: Short | None = None
    item_id: Id | None = None
    about: Literal["company", "other"] | None = None
    urn: PostUrn | None = None
    from_: Annotated[Moment | None, Field(alias="from")] = None
    to: Moment | None = None


class MergeBody(Strict):
    keep: Id
    other: Id


class Receipts(Reply):
    format: str
    version: int
    share: str
    text: str
    receipts: list[dict[str, Any]]


class Week(Reply):
    """The posts of one week and the sums of what was read of them, None where nothing was; see server.shares.weeks."""

    start: str
    posts: int
    read: int
    where: Literal["hand", "page", "import"] | None
    impressions: int | None
    reactions: int | None
    comments: int | None
    reposts: int | None
    clicks: int | None


class Glance(Reply):
    """`weeks`: the last eight, this one last. This week: `readings` taken, of whatever share, `company` posts; `per_week`:
    the programme's measure; `ask`: whether the person has yet to be asked if their figures may be read from LinkedIn's page.
    """

    weeks: list[Week]
    readings: int
    company: int
    per_week: int | None
    ask: bool


class More(Reply):
    """What a share was worth, and its item's link, None where it used none that can be shared; when it may be, the list says."""

    value: dict[str, Any] | None
    link: str | None


class StatsQuery(Strict):
    from_: Annotated[Moment | None, Field(alias="from")] = None
    to: Moment | None = None


Day = Annotated[str, StringConstraints(pattern=r"^\d{4}-\d{2}-\d{2}$"), AfterValidator(_day)]


class CardBody(Strict):
    """What goes into a sharing card; without `parts` and `texts` it holds a period and nothing more."""

    first: Day
    last: Day
    parts: Annotated[list[Literal["activity", "readings", "items", "topics", "value"]], Field(max_length=5)] = []
    texts: Annotated[list[Id], Field(max_length=500)] = []


class ImportBody(Strict):
    file: Annotated[str, StringConstraints(min_length=1, max_length=4000)]
    dry: bool = False
    whoever: bool = False


class ImportSample(Reply):
    posted_at: str
    text: str


class ImportReply(Reply):
    id: str
    kind: str
    name: str
    new: int
    changed: int
    known: int
    readings: int
    proposals: int
    problems: list[str]
    sample: list[ImportSample]
    dry: bool


class KeptImport(Reply):
    id: str
    kind: str
    name: str
    made_at: str
    added: int
    read: int


class Imports(Reply):
    imports: list[KeptImport]
