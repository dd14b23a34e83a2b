import type { Token } from './tokenise.ts';

/** The name of another language that the words are in, if they clearly are. */
export function otherLanguage(tokens: readonly Token[]): string | undefined {
  const text = tokens.map((t) => t.text).join(' ');
  const script = scripts.find(([, pattern]) => pattern.test(text));
  if (script) return script[0];
  let best: { name: string; hits: number } | undefined;
  for (const [name, words] of Object.entries(languages)) {
    const known = new Set(words.split(' '));
    const hits = tokens.filter((t) => known.has(t.text)).length;
    if (hits > (best?.hits ?? 0)) best = { name, hits };
  }
  return best && (best.hits >= 2 || (best.hits === 1 && tokens.length <= 3)) ? best.name : undefined;
}

const scripts: readonly (readonly [string, RegExp])[] = [
  ['Japanese', /[\p{Script=Hiragana}\p{Script=Katakana}]/u],
  ['Chinese', /\p{Script=Han}{2}/u],
  ['Korean', /\p{Script=Hangul}/u],
  ['a language with Cyrillic letters', /\p{Script=Cyrillic}{2}/u],
  ['Greek', /\p{Script=Greek}{2}/u],
  ['Arabic', /\p{Script=Arabic}/u],
  ['Hebrew', /\p{Script=Hebrew}/u],
  ['Hindi', /\p{Script=Devanagari}/u],
  ['Thai', /\p{Script=Thai}/u],
];

// Words that no English question has, function words first.
const languages: Readonly<Record<string, string>> = {
  German:
    'der das den dem des ein eine einen und oder wie viele viel wieviele wieviel welche welcher welches wir uns unser unsere haben hatten ist sind waren nach für fuer mit ohne von vom zum zur bei aus letzte letzten letzter letztes letztem woche wochen monat monate monaten jahr tage tagen gestern heute vorgestern umsatz bestellungen besucher sitzungen geräte geraet warenkorb kunden verkauft verkauften zeig zeige bitte nicht nur auch gegenüber vergleich meisten wo warum wann absprungrate',
  French:
    'les une des du et ou combien quel quelle quels quelles nous nos notre avons est sont était pour avec sans hier semaine mois dernier dernière derniere derniers jours jour année ventes visiteurs commandes chiffre affaires panier moyen montre moi pourquoi taux dans depuis ce cette aujourd hui',
  Spanish:
    'las unos unas cuántos cuantos cuántas cuantas qué cuál cual nuestro nuestra tenemos tuvimos es fue por para ayer semana mes pasado pasada últimos ultimos días dias año ventas visitas pedidos ingresos carrito cuánto cuanto muestra dame del hoy desde',
  Italian:
    'il lo gli uno quanti quante quanto quale quali nostro nostra abbiamo è sono senza ieri settimana mese scorso scorsa ultimi giorni anno vendite visite ordini ricavi carrello mostra mostrami degli delle della dei oggi perché',
  Dutch:
    'het een hoeveel wat welke ons onze hebben hadden zijn waren voor zonder gisteren afgelopen vorige maand dagen jaar omzet bestellingen bezoekers winkelwagen toon laat zien niet naar vandaag waarom',
  Portuguese:
    'uma quantos quantas quanto qual quais nosso nossa temos foi são por para com sem ontem semana mês passado passada últimos dias ano vendas visitas pedidos receita carrinho mostre da dos das hoje',
  Polish:
    'ile jaka jaki jakie był była były jest są przez dla z bez wczoraj tydzień tygodniu miesiąc miesiącu ostatni ostatnie ostatnich dni sprzedaż zamówień odwiedzin',
};
