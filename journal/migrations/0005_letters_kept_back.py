from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("journal", "0004_people_decide_about_mails"),
    ]

    operations = [
        migrations.AlterField(
            model_name="entry",
            name="event",
            field=models.CharField(
                choices=[
                    ("opened", "Başvuru açıldı"),
                    ("moved", "Adım ilerledi"),
                    ("undone", "Adım geri alındı"),
                    ("finished", "Altı adım tamamlandı"),
                    ("closed", "Başvuru kapandı"),
                    ("filled_in", "Bilgiler kaydedildi"),
                    ("document_added", "Belge eklendi"),
                    ("letter_posted", "Mektup hazırlandı"),
                    ("letter_sent", "Mektup gönderildi"),
                    ("letter_failed", "Mektup gönderilemedi"),
                    ("letter_held", "Mektup beklemeye alındı"),
                    ("letter_released", "Mektup yeniden sıraya alındı"),
                    ("letter_cancelled", "Mektup iptal edildi"),
                    ("letter_doubted", "Mektup iki kez gitmiş olabilir"),
                    ("sending_account", "Gönderim hesabı değişti"),
                    ("mail_read", "E-posta okundu"),
                    ("mail_handled", "E-postaya destek ekibi karar verdi"),
                    ("reminded", "Hatırlatma yapıldı"),
                    ("code_sent", "Doğrulama kodu gönderildi"),
                    ("signed", "E-imza denetlendi"),
                    ("identity_shown", "Kimlik numarası görüntülendi"),
                    ("member_changed", "Ekip değişti"),
                    ("address_changed", "Takip adresi değişti"),
                ],
                max_length=30,
                verbose_name="olay",
            ),
        ),
    ]
