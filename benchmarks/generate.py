"""Writes a synthetic registry: any number of records as a curator would write them, the same ones for the same seed.

python benchmarks/generate.py DIR --records 10000 --seed 1 [--findings 3 | --warnings 4] [--drafts 100]

A record has about 3.9 KB and 89 lines, folded and literal blocks, three sources, and quotes around every second
date. ficli finds nothing in one, unless `--findings` asks for mistakes, most of them errors, or `--warnings` for what
records of a real registry have. Every name in it is invented.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
import textwrap
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from typing import TypeAlias

    Mistake: TypeAlias = Callable[["Incident", str], str]

CONFIG = '# A synthetic registry, for benchmarks.\n\n[index]\nname = "Synthetic Index"\n'
FIRST_DAY, LAST_DAY = date(2018, 1, 1), date(2024, 12, 31)
WIDTH = 98


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the registry that the command line asks for."""
    parser = argparse.ArgumentParser(description="Write a synthetic registry.")
    parser.add_argument("folder", type=Path, metavar="DIR", help="where; it must not exist, or be empty")
    parser.add_argument("--records", type=int, default=10_000, help="published records (default: 10000)")
    parser.add_argument("--drafts", type=int, default=0, help="drafts beside them (default: 0)")
    parser.add_argument("--seed", type=int, default=1, help="another seed, other records (default: 1)")
    kinds = parser.add_mutually_exclusive_group()
    for name, mistakes in (("findings", MISTAKES), ("warnings", WARNINGS)):
        kinds.add_argument(
            f"--{name}",
            type=int,
            default=0,
            choices=range(len(mistakes) + 1),
            metavar=f"0..{len(mistakes)}",
            help=f"{name} in every record, of different kinds (default: 0)",
        )
    asked = parser.parse_args(arguments)
    if asked.folder.exists() and any(asked.folder.iterdir()):
        parser.error(f"{asked.folder} is not empty")
    mistakes, count = (WARNINGS, asked.warnings) if asked.warnings else (MISTAKES, asked.findings)
    write_registry(asked.folder, asked.records, asked.drafts, asked.seed, count, mistakes)
    return 0


def write_registry(
    folder: Path,
    records: int,
    drafts: int = 0,
    seed: int = 1,
    findings: int = 0,
    mistakes: Sequence[Mistake] | None = None,
) -> None:
    """Write `ficli.toml` and the records."""
    for name in ("incidents", "drafts"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    (folder / "ficli.toml").write_text(CONFIG, encoding="utf-8", newline="\n")
    for number in range(1, records + drafts + 1):
        incident = Incident(number, seed, draft=number > records)
        text = spoil(incident, findings, MISTAKES if mistakes is None else mistakes)
        (folder / incident.path).write_text(text, encoding="utf-8", newline="\n")


# --- what may happen -------------------------------------------------------------------------------------------


class Scenario(NamedTuple):
    """A way to fail; `{org}`, `{city}`, `{system}`, `{matter}`, `{sum}` and `{when}` are filled in."""

    mode: str
    surface: str
    title: str
    summary: str
    path: tuple[str, str, str, str, str]
    mechanism: str


SCENARIOS = (
    Scenario(
        "hallucination",
        "chatbot",
        "Chatbot of {org} invents a rule on {matter} in {city}",
        "The chatbot of {org} told customers in {city} {when} that a rule on {matter} entitled them to money back. "
        "There is no such rule. The company paid {sum} in the end.",
        (
            "A customer in {city} asks {system} what applies to {matter}.",
            "The model composes a rule that reads like the others and that nobody ever wrote.",
            "No check holds the answer against the terms of {org}.",
            "The invented rule is given as the company's own, with a date and a number.",
            "Customers of {org} rely on it, and {sum} are paid out to them.",
        ),
        "{system} was asked about {matter} without a document on the subject in its index. It completed the question "
        "with the most usual wording of such rules. Nothing marked the answer as made up, and the figures in it gave "
        "it the look of a quotation.",
    ),
    Scenario(
        "data-leakage",
        "copilot",
        "Assistant of {org} shows files on {matter} to staff in {city}",
        "An assistant inside the office software of {org} answered questions of staff in {city} {when} with passages "
        "from files on {matter} that were closed to them. The clean-up cost {sum}.",
        (
            "Files on {matter} are put into the index of {system}.",
            "The model quotes them to whoever asks a question that is near enough.",
            "The index does not keep the rights that the files had.",
            "Staff of {org} in {city} read what was closed to them.",
            "The people concerned are told, and the clean-up costs {sum}.",
        ),
        "The index of {system} was filled by an account that could read everything. Rights were applied when a file "
        "was opened and not when a passage of it was retrieved, so that a question about {matter} found passages "
        "which the asker could not have opened.",
    ),
    Scenario(
        "agentic-action-error",
        "agentic-workflow",
        "Agent of {org} cancels orders over {matter} in {city}",
        "An agent that {org} had put in charge of {matter} cancelled the orders of customers in {city} {when}, "
        "although nobody had asked for that. Restoring them cost {sum}.",
        (
            "The agent is to clear up a list of open cases on {matter}.",
            "It takes a case without an answer for one that is to be closed.",
            "{system} may cancel an order without a person's approval.",
            "Orders of customers in {city} are cancelled one after the other.",
            "{org} restores them by hand, which costs {sum}.",
        ),
        "The instruction for {system} named the state in which a case should end and not the ways that lead there. "
        "Cancelling was the shortest of them. The step was reported as success, so that the next case was treated "
        "in the same way.",
    ),
    Scenario(
        "prediction-error",
        "computer-vision",
        "Cameras of {org} mistake customers in {city} in a search for {matter}",
        "Cameras that {org} used in a search for {matter} reported customers in {city} {when} as people they are not. "
        "The company settled the claims for {sum}.",
        (
            "A customer enters a branch of {org} in {city}.",
            "{system} returns a match with a picture of poor quality.",
            "The match is acted upon without a second look and without a measure of how often it is wrong.",
            "Staff follow the customer and ask for proof of {matter}.",
            "The customers complain, and {org} settles for {sum}.",
        ),
        "The pictures that {system} compared were small and taken from above. The threshold had been set on portraits "
        "in good light. In the branches in {city} it let through matches that were hardly better than chance, and "
        "the record of {matter} grew with each of them.",
    ),
    Scenario(
        "prediction-error",
        "algorithmic-decision",
        "Score of {org} refuses applicants in {city} over {matter}",
        "A score with which {org} judged applications concerning {matter} refused people in {city} {when} more often "
        "than others in the same position. The company set aside {sum} for them.",
        (
            "People in {city} apply to {org} in a question of {matter}.",
            "{system} gives them a low score, since their district had few applications before.",
            "Nobody compares how often the score is wrong from one district to the next.",
            "The applications are refused without a reason that could be answered.",
            "{org} reviews the cases and sets aside {sum}.",
        ),
        "The score was fitted to applications that staff had accepted before. Where few had been accepted, "
        "{system} learned that few should be. The variable for {matter} stood in for the district, although the "
        "district itself had been left out.",
    ),
    Scenario(
        "tool-misuse",
        "code-assistant",
        "Code assistant of {org} deletes test data on {matter} in {city}",
        "A code assistant deleted data on {matter} at {org} in {city} {when}, because it ran a command against the "
        "wrong database. Work worth {sum} was lost.",
        (
            "A developer of {org} asks for a script that cleans up data on {matter}.",
            "{system} writes the script and runs it with the address of another database.",
            "The account of the assistant may write to every database in {city}.",
            "Tables on {matter} are emptied within seconds.",
            "The last copy is weeks old, and work worth {sum} is lost.",
        ),
        "{system} took the address from a file of settings that lay nearest, and not from the task. The command "
        "needed no confirmation in that environment. The tables were named alike in both databases, so that nothing "
        "failed and nothing gave the mistake away.",
    ),
    Scenario(
        "policy-violation",
        "voice-agent",
        "Voice agent of {org} gives forbidden advice on {matter} in {city}",
        "A voice agent of {org} advised callers from {city} {when} on {matter}, which only licensed staff may do. "
        "The authority imposed a fine of {sum}.",
        (
            "A caller from {city} asks what to do about {matter}.",
            "{system} answers as it would answer any other question.",
            "The rule is written in a manual, and no control applies it to what is said.",
            "The caller is given advice that the law leaves to licensed staff of {org}.",
            "The authority opens a proceeding and imposes a fine of {sum}.",
        ),
        "The list of forbidden subjects was matched against the words of the caller. Callers spoke of {matter} in "
        "words of their own, which were not on the list. {system} had no instruction for the case in which it was "
        "unsure whether a subject was allowed.",
    ),
    Scenario(
        "brand-safety-incident",
        "media-generation",
        "Pictures of {org} on {matter} offend people in {city}",
        "A campaign of {org} on {matter} used generated pictures that people in {city} {when} found offensive. "
        "The campaign was withdrawn, and {sum} spent on it were lost.",
        (
            "{org} orders pictures on {matter} for a campaign in {city}.",
            "{system} draws people as a caricature of the place.",
            "Nobody who knows {city} sees the pictures before they are printed.",
            "The pictures hang in the streets under the name of {org}.",
            "The campaign is withdrawn, and {sum} are lost.",
        ),
        "The description from which {system} drew named the place and the subject and no more. What was missing was "
        "filled in from pictures of tourists and costumes. The review looked for faults of form, such as hands and "
        "letters, and passed the picture on {matter}.",
    ),
)

ORGANIZATIONS = tuple(
    f"{first} {kind}"
    for first in (
        *("Alder", "Birchwood", "Calloway", "Dunmore", "Eastmere", "Fairhaven", "Glenrock", "Harcourt", "Inverleith"),
        *("Juniper", "Kestrel", "Larkfield", "Merrow", "Northgate", "Oakhurst", "Penrose", "Quillon", "Ravensworth"),
    )
    for kind in ("Bank", "Insurance", "Airways", "Logistics", "Retail", "Energy", "Media", "Clinics", "Housing")
)
INDUSTRIES = dict(
    zip(
        ("Bank", "Insurance", "Airways", "Logistics", "Retail", "Energy", "Media", "Clinics", "Housing"),
        (
            *("financial-services", "financial-services", "transport", "transport", "retail"),
            *("energy-and-utilities", "media", "healthcare", "real-estate"),
        ),
        strict=True,
    )
)
CITIES = {
    "Aalborg": "DK",
    "Bremen": "DE",
    "Cork": "IE",
    "Dayton": "US",
    "Eindhoven": "NL",
    "Fukuoka": "JP",
    "Ghent": "BE",
    "Hamilton": "CA",
    "Izmir": "TR",
    "Jaipur": "IN",
    "Kraków": "PL",
    "Lille": "FR",
    "Malmö": "SE",
    "Newcastle": "GB",
    "Osorno": "CL",
    "Porto": "PT",
}
MATTERS = (
    *(
        "refunds",
        "late payments",
        "medical records",
        "lost luggage",
        "rent arrears",
        "meter readings",
        "warranty claims",
    ),
    *("travel vouchers", "credit limits", "school places", "parking permits", "delivery slots", "identity papers"),
)
SYSTEMS = ("HelpLine", "Ariadne", "DeskMate", "Beacon", "Tessera", "Compass", "Quorum", "Lantern")
PRESS = {
    "Harbour Post": "harbour-post.example",
    "Daily Ledger": "www.daily-ledger.example",
    "Continental Review": "continental-review.example",
    "Evening Dispatch": "www.evening-dispatch.example",
    "Trade Observer": "trade-observer.example",
}
AUTHORS = ("Ada Brandt", "Jonas Okafor", "María Ibáñez", "Li Wei", "Tom Adair", "Noor Haddad", "Zoë Lindqvist")


# --- one incident ----------------------------------------------------------------------------------------------


class Incident:
    """One synthetic incident, which follows from its number and the seed alone, so that more records change none.

    What rules compare across records differs by construction: no two incidents share an organization, a matter and
    a city with the same scenario, those of one organization lie far apart in time, and the name of the internal
    review, which stands in the prose, is one of a kind.

    Args:
        number: its number, from 1.
        seed: which registry.
        draft: whether it still waits for an ID.

    """

    def __init__(self, number: int, seed: int, *, draft: bool) -> None:
        draw = random.Random(f"{seed}/{number}")  # noqa: S311 - nothing here is secret
        turn, place = divmod(number - 1, len(ORGANIZATIONS))
        round_, kind = divmod(turn, len(MATTERS) * len(CITIES))
        self.number = number
        self.draft = draft
        self.organization = ORGANIZATIONS[place]
        self.matter = MATTERS[kind % len(MATTERS)]
        self.city = list(CITIES)[kind // len(MATTERS)]
        self.scenario = SCENARIOS[(kind + round_) % len(SCENARIOS)]
        self.review = review_name(number)
        self.system = draw.choice(SYSTEMS)
        self.version = f"{draw.randint(1, 9)}.{draw.randint(0, 9)}"
        self.severity = draw.choices(("low", "medium", "high"), (3, 5, 2))[0]
        self.amount = draw.randint(2, 900) * 1000
        self.precision = draw.choices(("day", "month", "year"), (8, 1, 1))[0]
        self.day = FIRST_DAY + timedelta(spread(turn, place + seed) * (LAST_DAY - FIRST_DAY).days)
        if self.precision != "day":  # a source cannot be older than the first day of its month
            self.day = self.day.replace(day=1)
        self.published = [self.day + timedelta(draw.randint(*span)) for span in ((1, 9), (10, 30), (40, 90))]
        self.accessed = self.published[-1] + timedelta(draw.randint(5, 60))
        self.indexed = self.accessed + timedelta(draw.randint(1, 60))
        self.publishers = draw.sample(list(PRESS), 2)
        self.author = draw.choice(AUTHORS)
        self.speaker = draw.choice(AUTHORS)

    @property
    def slug(self) -> str:
        """A slug that no other incident of the registry has."""
        words = f"{self.organization} {self.matter} {self.system} {self.number}"
        return re.sub(r"[^a-z0-9]+", "-", words.lower())

    @property
    def path(self) -> str:
        """Where the record lies."""
        return f"drafts/{self.slug}.yaml" if self.draft else f"incidents/FI-{self.number:04}.yaml"

    @property
    def sum(self) -> str:
        """The amount, as the text names it."""
        return f"US${self.amount:,}"

    @property
    def when(self) -> str:
        """The date, as the text names it: no more precise than the field."""
        month = f"{self.day:%B %Y}"
        return {"day": f"on {self.day.day} {month}", "month": f"in {month}", "year": f"in {self.day.year}"}[
            self.precision
        ]

    @property
    def dated(self) -> str:
        """The date, as the field holds it."""
        return self.day.isoformat()[: {"day": 10, "month": 7, "year": 4}[self.precision]]

    def fill(self, text: str) -> str:
        """Write the facts as a sentence."""
        return text.format(
            org=self.organization,
            city=self.city,
            system=self.system,
            matter=self.matter,
            sum=self.sum,
            when=self.when,
        )

    def text(self) -> str:
        """Write the record."""
        return "".join(f"{line}\n" for line in _Writer(self).lines())


def spread(turn: int, start: int) -> float:
    """Return a place between 0 and 1 that keeps away from those of earlier turns, by the golden ratio."""
    return (turn * 0.6180339887 + start * 0.37) % 1


def review_name(number: int) -> str:
    """Write a number as a name of syllables, another one for each: 1 is `Babace`."""
    name = ""
    for _ in range(3):
        number, place = divmod(number, 100)
        name = "bcdfghjklmnpqrstvwxz"[place // 5] + "aeiou"[place % 5] + name
    return name.capitalize()


class _Writer:
    """Writes the lines of a record; every second date is put in quotes, and a year always."""

    def __init__(self, incident: Incident) -> None:
        self.incident = incident
        self.dates = incident.number

    def lines(self) -> Iterator[str]:
        known = self.incident
        yield "# yaml-language-server: $schema=../schema/incident.schema.json"
        yield "schema_version: 1"
        if not known.draft:
            yield f"id: FI-{known.number:04}"
        yield f"slug: {known.slug}"
        yield f"status: {'draft' if known.draft else 'published'}"
        yield f"title: {known.fill(known.scenario.title)}"
        yield from folded("summary", known.fill(known.scenario.summary))
        yield from self.quote()
        yield from self.organizations()
        yield f"incident_date: {self.date(known.dated)}"
        if not known.draft:
            yield f"indexed_date: {self.date(known.indexed.isoformat())}"
            yield 'taxonomy_version: "1.0.0"'
        yield f"failure_mode: {known.scenario.mode}"
        yield f"ai_surface: {known.scenario.surface}"
        yield f"severity: {known.severity}"
        yield f"industry: {INDUSTRIES[known.organization.rpartition(' ')[2]]}"
        yield "countries:"
        yield f"  - {CITIES[known.city]}"
        yield "claim_status: reported"
        yield from self.account()
        yield "failure_path:"
        steps = ("trigger", "model_step", "control_gap", "failure", "consequence")
        for step, sentence in zip(steps, known.scenario.path, strict=True):
            yield f"  {step}: {known.fill(sentence)}"
        yield from folded("mechanism", f"{known.fill(known.scenario.mechanism)} So says the review {known.review}.")
        yield from self.impact()
        yield "sources:"
        for number in range(3):
            yield from self.source(number)

    def date(self, text: str) -> str:
        self.dates += 1
        return f'"{text}"' if self.dates % 2 or len(text) == len("2024") else text

    def quote(self) -> Iterator[str]:
        known = self.incident
        yield "quote:"
        words = f"We have stopped {known.system} in {known.city}, and the review {known.review} will tell us why"
        yield from folded("text", words, indent=2)
        yield f"  speaker: {known.speaker}, spokesperson of {known.organization}"
        yield "  source: 1"

    def organizations(self) -> Iterator[str]:
        known = self.incident
        yield "organizations:"
        yield f"  - name: {known.organization}"
        yield "    role: deployer"
        yield "systems:"
        yield f"  - name: {known.system}"
        yield "    vendor: Tern Software"
        yield f'    version: "{known.version}"'

    def account(self) -> Iterator[str]:
        known = self.incident
        first = (
            f"{known.organization} had used {known.system} for some time when the first people in {known.city} "
            f"complained {known.when}. They had been told something about {known.matter} that did not agree with "
            f"what they had in writing. {' '.join(known.fill(step) for step in known.scenario.path[:2])}"
        )
        second = (
            f"The company looked into the matter after two newspapers had asked about it. "
            f"{known.fill(known.scenario.path[3])} It named {known.sum} as the cost, and said that {known.system} "
            f"stays switched off for questions of {known.matter} until the cause is known."
        )
        yield "what_happened: |"
        for number, paragraph in enumerate((first, second)):
            yield from ("",) * bool(number)
            yield from textwrap.wrap(paragraph, WIDTH, initial_indent="  ", subsequent_indent="  ")

    def impact(self) -> Iterator[str]:
        known = self.incident
        yield "impact:"
        yield "  public_visibility: medium"
        yield "  regulatory_exposure: possible"
        yield "  customer_impact: many-customers"
        yield "  financial_impact: disclosed"
        yield "  amounts:"
        yield f"    - value: {known.amount}"
        yield "      currency: USD"
        yield "      label: cost named by the company"

    def source(self, number: int) -> Iterator[str]:
        known = self.incident
        own = number == 2  # noqa: PLR2004 - the third source is the company's own
        publisher = known.organization if own else known.publishers[number]
        host = f"{known.organization.lower().replace(' ', '-')}.example" if own else PRESS[publisher]
        day = known.published[number]
        subject = known.fill(known.scenario.title)
        titles = (subject, f"What went wrong at {known.organization}", f"Our statement on {known.matter}")
        url = f"https://{host}/{day:%Y/%m}/{known.slug}"
        yield f"  - kind: {'company-statement' if own else 'press'}"
        yield f"    title: {titles[number]}"
        yield f"    url: {url}"
        yield f"    publisher: {publisher}"
        if number == 0:
            yield "    authors:"
            yield f"      - {known.author}"
        yield f"    published: {self.date(day.isoformat())}"
        if not own:
            yield f"    accessed: {self.date(known.accessed.isoformat())}"
        yield "    archive:"
        yield f"      url: https://web.archive.org/web/{day:%Y%m%d}120000/{url}"
        if number == 0:
            yield f"      captured: {self.date(day.isoformat())}"
            yield "    passages:"
            yield f"      - The company named {known.sum} as the cost and declined to say more."


def folded(key: str, text: str, indent: int = 0) -> Iterator[str]:
    """Write a text as a folded block."""
    yield f"{' ' * indent}{key}: >-"
    margin = " " * (indent + 2)
    yield from textwrap.wrap(text, WIDTH, initial_indent=margin, subsequent_indent=margin, break_on_hyphens=False)


# --- mistakes --------------------------------------------------------------------------------------------------


def spoil(incident: Incident, count: int, mistakes: Sequence[Mistake]) -> str:
    """Write a record with a number of mistakes, each of another kind; which ones depends on its number."""
    text = incident.text()
    for place in range(count):
        mistake = mistakes[(incident.number + place) % len(mistakes)]
        spoiled = mistake(incident, text)
        if spoiled == text:
            message = f"{mistake.__name__} changed nothing in {incident.path}"
            raise AssertionError(message)
        text = spoiled
    return text


def trailing_space(_incident: Incident, text: str) -> str:
    """`unformatted`, a warning."""
    return re.sub(r"\nstatus: .*", r"\g<0> ", text, count=1)


def wrong_value(_incident: Incident, text: str) -> str:
    """`invalid-value`, an error in the shape."""
    return text.replace("claim_status: reported", "claim_status: reportd", 1)


def missing_field(_incident: Incident, text: str) -> str:
    """`missing-field`, an error in the shape."""
    return text.replace("    role: deployer\n", "", 1)


def idle_comment(_incident: Incident, text: str) -> str:
    """`unused-suppression`, a warning."""
    return text.replace("\nslug: ", "\n# ficli: allow[cut-slug] the last word is a number\nslug: ", 1)


def read_too_early(incident: Incident, text: str) -> str:
    """`date-order`, an error."""
    accessed, early = incident.accessed.isoformat(), (FIRST_DAY - timedelta(1)).isoformat()
    return text.replace(accessed, early, 1)


def older_sources(incident: Incident, text: str) -> str:
    """`incident-after-sources`, a warning."""
    later = incident.published[-1] + timedelta(1)
    return re.sub(r"\nincident_date: .*", f"\nincident_date: {later}", text, count=1)


def placeholder(_incident: Incident, text: str) -> str:
    """`placeholder-left`, an error."""
    return re.sub(r"\n    vendor: .*", "\n    vendor: TBD", text, count=1)


def future_date(_incident: Incident, text: str) -> str:
    """`future-date`, an error."""
    return re.sub(r"\n      captured: .*", "\n      captured: 2099-01-01", text, count=1)


def final_period(_incident: Incident, text: str) -> str:
    """`title-style`, a warning."""
    return re.sub(r"\ntitle: .*", r"\g<0>.", text, count=1)


def followed_reader(_incident: Incident, text: str) -> str:
    """`tracking-parameters`, a warning."""
    return re.sub(r"\n    url: .*", r"\g<0>?utm_source=newsletter", text, count=1)


def named_before(incident: Incident, text: str) -> str:
    """`one-sided-relation`, a warning across records: the one before does not name this one."""
    before = 1 if incident.draft else incident.number - 1 or 2
    return f"{text}related:\n  - FI-{before:04}\n"


MISTAKES: tuple[Mistake, ...] = (
    trailing_space,
    wrong_value,
    missing_field,
    idle_comment,
    read_too_early,
    older_sources,
    placeholder,
    future_date,
)
"""Those in the shape stand side by side, so that with three mistakes a record half of the records have one of them."""

WARNINGS: tuple[Mistake, ...] = (trailing_space, final_period, followed_reader, named_before, idle_comment)

if __name__ == "__main__":
    sys.exit(main())
