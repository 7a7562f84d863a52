// What a person sees of passkeys: the buttons where the browser has them, and what went wrong.
// django-allauth's scripts speak with the device.
"use strict";

// The style sheet knows whether scripts run, so that nothing jumps; what is left is a browser without passkeys.
if (!window.PublicKeyCredential) {
  document.querySelectorAll("[data-passkey]").forEach((each) => {
    each.hidden = true;
  });
  document.querySelectorAll("[data-no-passkey]").forEach((each) => {
    each.dataset.noPasskey = "shown";
  });
}

// The names are those of the Web Authentication specification.
const PASSKEY_TROUBLE = {
  NotAllowedError: "Cihazınız onay vermedi, süre doldu ya da bu hesap için cihazınızda anahtar yok. Yeniden deneyin ya da başka bir yol seçin.",
  InvalidStateError: "Bu cihazın anahtarı hesabınızda zaten var.",
  NotSupportedError: "Cihazınız bu tür bir anahtar oluşturamıyor.",
  ConstraintError: "Cihazınızda ekran kilidi kurulu değil. Önce parmak izi, yüz ya da PIN kurun.",
  SecurityError: "Tarayıcınız bu sayfada geçiş anahtarı kullanılmasına izin vermedi.",
};
document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  const note = document.querySelector("[data-passkey-note]");
  note.hidden = false;
  note.textContent =
    PASSKEY_TROUBLE[event.detail.exception?.name] ?? "Bağlantı kurulamadı. Birkaç dakika sonra yeniden deneyin.";
});
