"""The figures of a partner and some days, each as a table and what is drawn of it."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import QuerySet, Sum
from django.utils.formats import date_format

from correspondence.models import Audience
from correspondence.reading.kinds import KINDS
from figures import drawing
from figures.drawing import Drawing, Line, Panel, Part
from figures.gathering import DAY, month_of, months
from figures.measures import CLOSED, OPENED, SHORT, UNREAD, Span, in_step
from figures.models import Figure, Gathered, Measure
from figures.words import days, number, share, time
from journal.parties import Party
from onboarding.steps import STEPS
from tenancy.models import User
from tenancy.walls import of_partner

WORK = "figures.view_work"
# Of the parties, and of those to whom letters go, in their order.
TONES = (1, 5, 3, 4)
DAILY = 100  # of more days than this the weeks are drawn
Cells = Sequence[str | int]


@dataclass(frozen=True, slots=True)
class Shown:
    """`lead` says what is counted. Without `rows` there is nothing to draw."""

    name: str
    title: str
    lead: str
    head: Sequence[str]
    rows: Sequence[Cells]
    drawn: Drawing | None
    nothing: str

    @property
    def lines(self) -> list[list[str]]:
        """The rows for a page: numbers with points."""
        return [[number(cell) if isinstance(cell, int) else cell for cell in row] for row in self.rows]


@dataclass
class Look:
    """What one person sees of the figures. `partner` None: of all that the person may see."""

    user: User
    partner: int | None
    span: Span
    gathered: Gathered | None = field(default_factory=Gathered.objects.first)

    def rows(self, *which: Measure) -> QuerySet[Figure]:
        mine = of_partner(self.user, Figure.objects.filter(measure__in=which))
        mine = mine.filter(partner=self.partner) if self.partner is not None else mine
        return mine.filter(day__gte=self.span.first, day__lt=self.span.end)

    def sums(self, measure: Measure, column: str = "count") -> Mapping[str, int]:
        return dict(self.rows(measure).order_by().values_list("key").annotate(Sum(column)))

    def of_months(self, *which: Measure) -> QuerySet[Figure]:
        """Those of whole months: of each into which a day falls."""
        whole = Look(self.user, self.partner, Span(month_of(self.span.first), self.span.end), None)
        return whole.rows(*which)

    @property
    def last_day(self) -> date:
        """The last day of the period that is gathered."""
        until = self.gathered.until if self.gathered else None
        return min(until or self.span.end, self.span.end) - DAY


def shown(look: Look) -> list[Shown]:
    """Those that this person may see, in the order of the page."""
    return [figure(look) for name, figure in FIGURES.items() if may_see(look.user, name)]


def may_see(user: User, name: str) -> bool:
    return name != "kisiler" or user.has_perm(WORK)


def _funnel(look: Look) -> Shown:
    sums = look.sums(Measure.FUNNEL)
    opened = sums.get(OPENED, 0)
    counts = [
        ("Açılan başvuru", opened),
        *((f"{each.number}. {each.title}", sums.get(each.key, 0)) for each in STEPS),
    ]
    lines = [
        Line(label, f"{number(count)} · {share(count, opened)}" if label != counts[0][0] else number(count),
             [Part(1, count)])
        for label, count in counts
    ]  # fmt: skip
    table: list[Cells] = [(label, count, share(count, opened)) for label, count in counts]
    table += [
        ("Bitmeden ya da sonra kapanan", sums.get(CLOSED, 0), share(sums.get(CLOSED, 0), opened)),
        ("Yalnızca 6. adımı gereken (yukarıda sayılmaz)", sums.get(SHORT, 0), ""),
    ]
    return Shown(
        "huni",
        "Altı adımda ilerleme",
        "Bu dönemde açılan başvurulardan kaçı hangi adımı bitirdi. Her başvuru açıldığı günde sayılır ve 180 gün "
        "izlenir; bir adıma geri dönen başvuru bitirdiği adımlarda kalır.",
        ("Nereye kadar", "Başvuru", "Açılanlara oranı"),
        table if sums else [],
        drawing.bars(lines) if opened else None,
        "Bu dönemde başvuru açılmadı.",
    )


def _times(look: Look) -> Shown:
    found = look.of_months(Measure.TIME)
    # Medians do not add up: over all partners they were worked out by themselves.
    if look.partner is None and look.user.partner_id is None:
        found = found.filter(partner=None)
    by = {(each.day, each.key): each for each in found}
    shown_months = [span.first for span in months(look.span)]
    table: list[Cells] = []
    panels: list[Panel] = []
    for step in STEPS:
        name, pairs, last = f"{step.number}. {step.title}", [], None
        for month in shown_months:
            each = by.get((month, step.key))
            pairs.append((float(each.median or 0), float(each.p90 or 0)) if each else (0.0, 0.0))
            if each is not None:
                last = each
                table.append((name, _month(month), each.count, days(each.median or 0), days(each.p90 or 0)))
        if last is not None:
            panels.append(Panel(name, f"{time(last.median or 0)} · {time(last.p90 or 0)}", pairs))
    legend = ((1, "ortanca (yarısı bundan kısa)"), (2, "%90'ı bundan kısa"))
    first, *_others = ends = (_month(shown_months[0]), _month(shown_months[-1])) if shown_months else ("", "")
    return Shown(
        "sure",
        "Adımların süresi",
        "Ay ay: o ayda biten adımlar, sıra kendilerine geldiğinden bitene kadar kaç takvim günü sürdü. Her adımın "
        "sütunları kendi ölçeğindedir; sağda son ayın ortancası ve %90'ı yazar.",
        ("Adım", "Ay", "Biten", "Ortanca (gün)", "%90'ı (gün)"),
        table,
        drawing.panels(panels, first=first, last=ends[1], legend=legend) if panels else None,
        "Bu dönemde biten adım yok.",
    )


def _by_party(
    look: Look, sums: Mapping[str, int], *, words: Callable[[int], str], cell: Callable[[int], str | int]
) -> tuple[list[Cells], Drawing | None]:
    """A line for each step, its parts the parties that are waited for."""
    table: list[Cells] = []
    lines: list[Line] = []
    for step in STEPS:
        sizes = [sums.get(in_step(step.key, party), 0) for party in Party]
        if any(sizes):
            name = f"{step.number}. {step.title}"
            table.append((name, *map(cell, sizes), cell(sum(sizes))))
            lines.append(Line(name, words(sum(sizes)), [Part(*each) for each in zip(TONES, sizes, strict=True)]))
    legend = [(tone, party.label) for tone, party in zip(TONES, Party, strict=True)]
    return table, drawing.bars(lines, legend) if lines else None


def _waits(look: Look) -> Shown:
    table, drawn = _by_party(look, look.sums(Measure.WAIT, "seconds"), words=time, cell=days)
    return Shown(
        "bekleme",
        "Kim kimi bekledi",
        "Bu dönemde biten beklemeler: adımlar toplam kaç gün kimi bekledi. Süren beklemeler bitince sayılır.",
        ("Adım", *(f"{party.label} (gün)" for party in Party), "Toplam (gün)"),
        table,
        drawn,
        "Bu dönemde biten bekleme yok.",
    )


def _standing(look: Look) -> Shown:
    last = Look(look.user, look.partner, Span(look.last_day, look.last_day + DAY), look.gathered)
    table, drawn = _by_party(last, last.sums(Measure.STANDING), words=number, cell=int)
    day = date_format(look.last_day, "j F Y")
    return Shown(
        "bekleyen",
        "Kim bekleniyor",
        f"{day} gününden sonraki ilk sayımda (her gece 03:00) süren başvurular kimin işini bekliyordu.",
        ("Adım", *(party.label for party in Party), "Toplam"),
        table,
        drawn,
        f"{day} gününden sonraki sayımda bekleyen başvuru yoktu ya da o gece sayılmadı.",
    )


def _mails(look: Look) -> Shown:
    came, touched = look.sums(Measure.MAIL), look.sums(Measure.TOUCHED)
    labels = {**{str(kind): spec.label for kind, spec in KINDS.items()}, UNREAD: "Henüz okunmadı"}
    lines: list[Line] = []
    table: list[Cells] = []
    for key, count in sorted(came.items(), key=lambda each: -each[1]):
        hand = touched.get(key, 0)
        label = labels.get(key, key)
        lines.append(Line(label, f"{number(count)} · {number(hand)}", [Part(1, count - hand), Part(4, hand)]))
        table.append((label, count, count - hand, hand, share(hand, count)))
    every, hands = sum(came.values()), sum(touched.values())
    if table:
        table.append(("Toplam", every, every - hands, hands, share(hands, every)))
    return Shown(
        "e-posta",
        "Gelen e-postalar",
        "Ne olarak okundular ve kaçına bir kişinin bakması gerekti: karar verdiği ya da hâlâ bekleyenler. Sağda "
        "önce gelen, sonra elle bakılan sayısı yazar.",
        ("Okunuşu", "Gelen", "Kendiliğinden", "Elle bakılan", "Elle oranı"),
        table,
        drawing.bars(lines, ((1, "kendiliğinden"), (4, "elle bakıldı"))) if lines else None,
        "Bu dönemde e-posta gelmedi.",
    )


def _letters(look: Look) -> Shown:
    found: dict[date, dict[str, int]] = defaultdict(dict)
    for day, key, count in look.rows(Measure.LETTER).order_by().values_list("day", "key").annotate(Sum("count")):
        found[day][key] = count
    every = [look.span.first + n * DAY for n in range((look.last_day - look.span.first).days + 1)]
    weekly = len(every) > DAILY
    groups = [every[at : at + 7] for at in range(0, len(every), 7)] if weekly else [[day] for day in every]
    stacks: list[list[Part]] = []
    table: list[Cells] = []
    for group in groups:
        sums = [sum(found[day].get(each.value, 0) for day in group) for each in Audience]
        stacks.append([Part(*each) for each in zip(TONES, sums, strict=True)])
        if any(sums):
            name = date_format(group[0], "j F Y")
            table.append((name, *sums, sum(sums)))
    highest = max((sum(each.values()) for each in found.values()), default=0)
    average = sum(sum(each.values()) for each in found.values()) / max(len(every), 1)
    told = f"Günde ortalama {f'{average:.1f}'.replace('.', ',')}, en çok {number(highest)}"
    return Shown(
        "mektup",
        "Giden mektuplar",
        ("Haftalık toplamlar; her haftanın ilk günü yazılır." if weekly else "Gün gün, kime gittiğine göre.")
        + " Mektup gitmeyen günler tabloda yoktur.",
        ("Hafta" if weekly else "Gün", *(each.label for each in Audience), "Toplam"),
        table,
        drawing.columns(
            stacks,
            first=date_format(every[0], "j F Y"),
            last=date_format(every[-1], "j F Y"),
            highest=told,
            legend=[(tone, str(each.label)) for tone, each in zip(TONES, Audience, strict=True)],
        )
        if table
        else None,
        "Bu dönemde mektup gitmedi.",
    )  # fmt: skip


def _people(look: Look) -> Shown:
    cases: dict[str, dict[date, int]] = defaultdict(dict)
    acts: dict[str, int] = defaultdict(int)
    sums = look.of_months(Measure.CASES, Measure.ACTS).order_by().values_list("measure", "key", "day")
    for measure, key, day, count in sums.annotate(Sum("count")):
        if measure == Measure.CASES:
            cases[key][day] = count
        else:
            acts[key] += count
    names: Mapping[int, Any] = User.objects.in_bulk([int(key) for key in cases])
    shown_months = [span.first for span in months(look.span)]
    rows = []
    for key, each in cases.items():
        average = sum(each.values()) / max(len(shown_months), 1)
        name = str(names.get(int(key), "Adı görülmeyen biri"))
        rows.append((average, name, [each.get(month, 0) for month in shown_months], acts[key]))
    rows.sort(key=lambda row: (-row[0], row[1]))
    lines = [
        Line(name, f"{average:.1f}".replace(".", ","), [Part(1, average)]) for average, name, _each, _n in rows
    ]
    return Shown(
        "kisiler",
        "Kişi başına başvuru",
        "Destek ekibinden her biri ayda kaç ayrı başvuruda işlem yaptı (adım ilerletti, e-postaya karar verdi, "
        "firmaya yazdı). Çizimde aylık ortalama yazar. Kolay ve zor başvuru aynı sayılır.",
        ("Kişi", *(_month(month) for month in shown_months), "Toplam işlem"),
        [(name, *each, count) for _average, name, each, count in rows],
        drawing.bars(lines) if lines else None,
        "Bu dönemde destek ekibinin işlemi yok.",
    )


FIGURES: Mapping[str, Callable[[Look], Shown]] = {
    "huni": _funnel,
    "sure": _times,
    "bekleme": _waits,
    "bekleyen": _standing,
    "e-posta": _mails,
    "mektup": _letters,
    "kisiler": _people,
}


def _month(month: date) -> str:
    return str(date_format(month, "F Y"))
