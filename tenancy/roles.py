"""What a person may do within a company. PURE."""

from enum import StrEnum


class Role(StrEnum):
    """Each role may do what the ones before it may."""

    VIEWER = "viewer"
    EDITOR = "editor"
    OWNER = "owner"

    @property
    def label(self) -> str:
        return LABELS[self]

    @property
    def means(self) -> str:
        """What it allows, in one sentence for whoever gives it or gets it."""
        return MEANINGS[self]

    def includes(self, needed: "Role") -> bool:
        order = tuple(Role)
        return order.index(self) >= order.index(needed)


LABELS = {Role.OWNER: "Sahip (yönetici)", Role.EDITOR: "Düzenleyen", Role.VIEWER: "Görüntüleyen"}

MEANINGS = {
    Role.OWNER: "Her şeyi yapabilir: İYS'ye gönderir, sözleşmeyi kabul eder, ekibi yönetir.",
    Role.EDITOR: (
        "Formları doldurur ve belge yükler; İYS'ye gönderemez, ekibi değiştiremez. Kimlik numarası içerebilen "
        "belgeleri, kendi yükledikleri de olsa, açamaz."
    ),
    Role.VIEWER: (
        "Başvuruyu, yazışmaları ve belgeleri görür; soru sorabilir ama bir şey değiştiremez. Kimlik numarası "
        "içerebilen belgeleri açamaz."
    ),
}


def role_choices() -> list[tuple[str, str]]:
    """For columns and forms, the one who may do the most first."""
    return [(role.value, label) for role, label in LABELS.items()]
