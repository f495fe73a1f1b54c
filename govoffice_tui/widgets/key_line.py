"""The foot of every page: the keys that work now, each a word that can be clicked."""

from __future__ import annotations

from textual import on
from textual.screen import Screen

from govoffice_tui.widgets.word_line import Word, WordLine

KEY_NAMES = {
    "enter": "Enter",
    "escape": "Esc",
    "space": "空格",
    "tab": "Tab",
    "left": "左",
    "right": "右",
    "up": "上",
    "down": "下",
    "pageup": "PgUp",
    "pagedown": "PgDn",
    "home": "Home",
    "end": "End",
    "delete": "Del",
    "backspace": "退格",
}
"""Words for keys; arrows are words because arrow signs are two cells wide in some terminals."""


def key_name(key: str) -> str:
    """Return how a key is written: F2, Ctrl+P, 左."""
    *held, last = key.split("+")
    shown = KEY_NAMES.get(last, last.upper() if len(last) <= 3 else last.capitalize())
    return "+".join([*(name.capitalize() for name in held), shown])


class KeyLine(WordLine):
    """The keys of the screen it stands on, as far as they are shown and may be pressed at this moment."""

    def on_mount(self) -> None:
        self.screen.bindings_updated_signal.subscribe(self, self._keys_changed)

    def _keys_changed(self, screen: Screen[object]) -> None:
        """Read the keys anew."""
        if screen is not self.screen or not self.is_attached:
            return
        words: dict[str, Word] = {}
        pinned = None
        for key, (_, binding, enabled, _) in screen.active_bindings.items():
            if not (binding.show and binding.id and enabled) or binding.action in words:
                continue
            word = Word(binding.description, key, binding.key_display or key_name(key))
            if binding.id == "app.menu":
                pinned = word
            else:
                words[binding.action] = word
        self.pinned = pinned
        self.words = tuple(sorted(words.values(), key=_place))

    @on(WordLine.Picked)
    def _press(self, event: WordLine.Picked) -> None:
        """Press the key that was clicked."""
        event.stop()
        self.app.simulate_key(event.value)


def _place(word: Word) -> tuple[int, int]:
    """Return where a key stands: F1 to F9 first, the others as they were declared."""
    key = word.value
    return (0, int(key[1:])) if key[:1] == "f" and key[1:].isdecimal() else (1, 0)
