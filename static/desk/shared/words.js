// What the desk's scripts say, in the language of the site. The catalogue (window.django) comes from admin:jsi18n.

const catalogue = window.django ?? {
  gettext: (text) => text,
  ngettext: (one, many, count) => (count === 1 ? one : many),
};

const fill = (text, values) => text.replace(/%\((\w+)\)s/g, (_whole, name) => String(values[name]));

/** gettext("Fact %(number)s moved", { number: 3 }) */
export function gettext(text, values = {}) {
  return fill(catalogue.gettext(text), values);
}

/** ngettext("%(count)s fact", "%(count)s facts", 3): `count` stands among the values by itself. */
export function ngettext(one, many, count, values = {}) {
  return fill(catalogue.ngettext(one, many, count), { count, ...values });
}
