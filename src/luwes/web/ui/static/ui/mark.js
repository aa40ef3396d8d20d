// Gives each page shown a mark of its own, so that a report pressed twice counts once. Without scripts the server
// makes one from the device and the minute.
for (const form of document.querySelectorAll("form[data-mark]")) {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  form.elements.tanda.value = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
