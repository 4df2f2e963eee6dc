// The Sample Gazette: says that scripts run, which the style sheet shows by the colour of the line below the name.
document.documentElement.classList.add("has-script");
