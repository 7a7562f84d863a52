"""How much of somebody's own time a way takes: reading, writing, pressing, counted and not stopped with a watch.

The figures are those of the field, for somebody who meets every page for the first time and reads all of it, every
mail too: reading aloud by the mean of 17 languages (184 words a minute, Trauzettel-Klosinski and Dietz, IReST,
2012) and silently as much faster as in Brysbaert's review (238 to 183, Journal of Memory and Language, 2019),
writing on a telephone (36 words of five characters a minute, Palin et al., MobileHCI 2019), pointing, tapping and
making up one's mind by the keystroke-level model (Card, Moran and Newell, 1983). What she waits for, prints and
signs in ink is none of it.
"""

import re
from collections import defaultdict

READING = 60 / (184 * 238 / 183)  # seconds a word
WRITING = 60 / (36 * 5)  # seconds a character
POINTING = 1.1 + 0.2  # seconds to find a thing on the page, and to tap it
MAKING_UP_ONES_MIND = 1.35  # seconds, before each press and each field
# What is before one's eyes: not what is folded away, the other choices of a list, or what only a screen reader
# says. A contract in its box is İYS's own text, and how closely it is read is not ours to say.
SEEN = """() => {
  const found = { told: [], hinted: [] };
  const walker = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const around = walker.currentNode.parentElement;
    const aside = around.closest("option, datalist, .visually-hidden, .scroll, script, style, template");
    if (aside || !around.checkVisibility({ visibilityProperty: true })) continue;
    found[around.closest(".hint") ? "hinted" : "told"].push(walker.currentNode.data);
  }
  return { told: found.told.join("\\n"), hinted: found.hinted.join("\\n") };
}"""
TAPS_FOR_A_FILE = 3  # on the device's own pages
TAPS_FOR_A_MAIL = 2  # there and back


class Minutes:
    def __init__(self) -> None:
        self.seconds: defaultdict[str, float] = defaultdict(float)
        self._seen: set[str] = set()

    def reads(self, text: str, *, as_a: str = "text") -> None:
        """What was read before is not read again: menus, and what a page that comes back says once more."""
        for line in text.splitlines():
            # A figure that counts up makes no new sentence.
            words = re.sub(r"\d+", "0", line).split()
            if words and (sentence := " ".join(words)) not in self._seen:
                self._seen.add(sentence)
                self.seconds[as_a] += len(words) * READING

    def writes(self, text: str) -> None:
        self.seconds["writing"] += POINTING + MAKING_UP_ONES_MIND + len(text) * WRITING

    def presses(self, taps: int = 1) -> None:
        self.seconds["pressing"] += MAKING_UP_ONES_MIND + taps * POINTING

    @property
    def all(self) -> float:
        """In minutes, with the small print beside the fields, which is there for who stumbles."""
        return sum(self.seconds.values()) / 60

    @property
    def straight(self) -> float:
        """In minutes, without the small print."""
        return self.all - self.seconds["hint"] / 60
