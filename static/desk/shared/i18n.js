// Translated texts of the desk's scripts. The catalogue (window.django) comes from admin:jsi18n.

const catalogue = window.django ?? {
  gettext: (text) => text,
  ngettext: (one, many, count) => (count === 1 ? one : many),
};

const fill = (text, values) => text.replace(/%\((\w+)\)s/g, (_whole, name) => String(values[name]));

/** gettext("Fact %(number)s moved", { number: 3 }) */
export function gettext(text, values = {}) {
  return fill(catalogue.gettext(text), values);
}

/** ngettext("%(count)s fact", "%(count)s facts", 3): `count` is added to the values. */
export function ngettext(one, many, count, values = {}) {
  return fill(catalogue.ngettext(one, many, count), { count, ...values });
}
