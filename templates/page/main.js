// The beginning: the first screen, with the choices of the address.

start(choicesOfAddress());
window.addEventListener("hashchange", () => start(choicesOfAddress())); // not told of what `putIntoAddress` does
