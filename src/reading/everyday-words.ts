/** Words of everyday talk that a city, a brand or a campaign may be called by: without a place for a name they are no name. */
export const everydayWords: ReadonlySet<string> = new Set(
  `us win wins won nice most best split reading bath cork cell handy next only max go get gap guess it its fresh real true
  free smart easy fast quick good great better love like hope happy lucky new old big small long short cool open close
  start stop run play work now here there where when who what how why this that these those other others all any some
  none every each more less back down up out off over under between left right top bottom high low sure first second one
  two check look see find show tell ask give take make need want use try help please thanks sorry well still even just
  also too very much many few lot lots bit thing things bring brings brought beat beats keep keeps stay stays move turn
  change set put let say said call and but or if then so because while since until before after again once ever never
  always often person man men people friend friends time life day night morning evening today essen bar split sens
  angers hull wells read news reads reach point line mean means may march april june august sunday monday friday`
    .split(/\s+/u)
    .filter((w) => w !== ''),
);

/** Usual English words that the lexicon has no use for: they are no slips of other words («apply» is no «apple»). */
export const usualWords: ReadonlySet<string> = new Set(
  `apply applied applying click clicked clicks promotion promotions promote version versions deep null enter entered enters
  began begin release released word words lose reason update updated upload colour colours design premium member members
  project projects promise propose service services support team teams together towards under understand whole within
  world write writing yours school second section season select sense series serve several shape short should shown side
  since sign size skip small space speak speaker special spend start stay still story strong student study success such
  sudden summer supply surface system tall taste teach than thank thing think third through throw thus tight tired title
  tomorrow touch toward train travel tree trip trouble trust truth twice typical uncle unit until upon usual visit voice
  wait walk wall want warm wash watch water wave wear weather weight welcome wheel while white wide wife wild wind window
  winter wish wonder wood worker worry worth wrong yellow young loyal loyalty invoice invoices delivery deliveries parcel
  warehouse supplier sizes sizing fits fitting return returned returning exchange exchanged complain
  complained complaint complaints contact contacted ticket tickets chat chats call calls agent agents`
    .split(/\s+/u)
    .filter((w) => w !== ''),
);
