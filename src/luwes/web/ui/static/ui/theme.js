// Runs before the first paint, so that a chosen theme does not flash. No choice: the system decides.
try {
  const chosen = localStorage.getItem("luwes-theme");
  if (chosen === "light" || chosen === "dark") document.documentElement.dataset.theme = chosen;
} catch (refused) {
  // Storage may be forbidden; the page then follows the system.
}
