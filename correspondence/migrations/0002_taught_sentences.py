"""Whole sentences are taught in place of phrases. What each phrase rule caught in its own example is carried over.

The table of phrase rules stays for the version before, which may run beside this one; it goes with a later release.
"""

import re

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import correspondence.reading.kinds
import tenancy.encryption

ACCENTS = str.maketrans("ışçğöüâîû", "iscgouaiu", "'’‘`´")


def plain(text):
    return text.replace("İ", "i").replace("I", "i").lower().translate(ACCENTS)


def phrase_pattern(phrase):
    """As the version before found it: a star at a word's end for its endings, one alone for up to five words."""
    pieces = []
    for word in plain(phrase).split():
        if word == "*":
            pieces.append(r"(?:\S+\s+){0,5}?")
        else:
            pieces.append(re.escape(word.rstrip("*")) + (r"\w*\W+" if word.endswith("*") else r"\W+"))
    return re.compile("".join(pieces).removesuffix(r"\W+"))


def carry_over(apps, schema_editor):
    """Each sentence of a rule's example in which one of its phrases stands; numbers become blanks."""
    rules = apps.get_model("correspondence", "ReadingRule").objects.select_related("created_by")
    taught = apps.get_model("correspondence", "TaughtSentence").objects
    for rule in rules:
        phrases = [phrase_pattern(line) for line in rule.any_of.splitlines() if line.strip()]
        for sentence in re.split(r"(?<=[.!?])\s+|\n+", rule.example):
            if not any(pattern.search(plain(sentence)) for pattern in phrases):
                continue
            text = re.sub(r"[\[\](){}|]", " ", sentence)
            text = re.sub(r"\b(?=[A-Z]*\d)(?=\d*[A-Z])[A-Z0-9]{6,20}\b", "{numara}", text)
            text = " ".join(re.sub(r"\b\d[\d.]*\b", "{sayı}", text).split()).strip(" .,;:!")
            partner = rule.created_by.partner_id if rule.created_by else None
            if not taught.filter(partner_id=partner, text=text).exists():
                taught.create(
                    partner_id=partner, text=text, kind=rule.kind, active=rule.active, taught_by=rule.created_by
                )


class Migration(migrations.Migration):
    dependencies = [
        ("correspondence", "0001_initial"),
        ("partners", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="mail",
            name="doubt",
            field=models.CharField(
                blank=True, db_default="", default="", max_length=400, verbose_name="neden anlaşılmadı"
            ),
        ),
        migrations.AddField(
            model_name="mail",
            name="sentences",
            field=tenancy.encryption.EncryptedTextField(
                blank=True, db_default="", default="", verbose_name="okunan cümleler"
            ),
        ),
        migrations.AddField(
            model_name="mail",
            name="understood",
            field=models.BooleanField(db_default=False, default=False, verbose_name="bütünüyle anlaşıldı"),
        ),
        migrations.CreateModel(
            name="TaughtSentence",
            fields=[
                (
                    "id",
                    models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                (
                    "text",
                    models.TextField(
                        help_text="Mektuptan mektuba değişen yerler süslü ayraç içindedir: {numara}, {kod}, {unvan}, {tarih}…",
                        verbose_name="cümle",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        blank=True,
                        choices=correspondence.reading.kinds.staff_rule_choices,
                        help_text="Boşsa zararsızdır: hiçbir şey bildirmez, okunmasına da engel olmaz.",
                        max_length=30,
                        verbose_name="ne diyor",
                    ),
                ),
                ("active", models.BooleanField(default=True, verbose_name="kullanımda")),
                ("taught_at", models.DateTimeField(auto_now_add=True, verbose_name="öğretildi")),
                ("changed_at", models.DateTimeField(auto_now=True, verbose_name="değişti")),
                (
                    "mail",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="correspondence.mail",
                        verbose_name="öğrenildiği e-posta",
                    ),
                ),
                (
                    "partner",
                    models.ForeignKey(
                        blank=True,
                        help_text="Boşsa bütün iş ortaklarının e-postalarında geçerli olur.",
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="partners.partner",
                        verbose_name="kimin e-postalarında",
                    ),
                ),
                (
                    "taught_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="öğreten",
                    ),
                ),
            ],
            options={
                "verbose_name": "öğretilen cümle",
                "verbose_name_plural": "öğretilen cümleler",
                "ordering": ["-taught_at"],
                "permissions": [("teach_for_all", "Bütün iş ortakları için cümle öğretebilir")],
            },
        ),
        migrations.AddConstraint(
            model_name="taughtsentence",
            constraint=models.UniqueConstraint(
                fields=("partner", "text"), name="a_partner_is_taught_a_sentence_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="taughtsentence",
            constraint=models.UniqueConstraint(
                condition=models.Q(("partner", None)), fields=("text",), name="all_are_taught_a_sentence_once"
            ),
        ),
        migrations.RunPython(carry_over, migrations.RunPython.noop),
        migrations.SeparateDatabaseAndState(
            state_operations=[migrations.DeleteModel(name="ReadingRule")],
            # A constraint that no model knows would forbid to delete its user, with a database error for an answer.
            database_operations=[
                migrations.AlterField(
                    model_name="readingrule",
                    name="created_by",
                    field=models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="ekleyen",
                    ),
                ),
            ],
        ),
    ]
