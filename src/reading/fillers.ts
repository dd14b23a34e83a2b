/**
 * Turns of politeness, hedges and words for «number» that carry a question and say nothing of it. Nothing is ever corrected to
 * one of them: what is dropped has to be typed as it stands here. Phrases are parted by commas.
 */
export const fillers = `
  us all,
  read, reads, news, news on, any news on, any news about, news about, both, for both, both of them, for both of them, the
  both,
  collect, collects, collected, collecting, levied, attract, attracts, attracted, pull in, pulls
  in, pulled in, take in, takes in, took in, rake in, rakes in, raked in, rack up, racked up, gather, gathers, gathered,
  obtain, obtained, yield, yields, yielded, amount to, amounts to, amounted to, add up to, adds up to,
  added up to, total to, totalled, totaled,
  honestly, frankly, simply, basically, essentially, literally, obviously, clearly, generally, generally speaking,
  probably, possibly, presumably, apparently, precisely, namely, seriously, truly, surely, certainly, definitely,
  absolutely, hopefully, briefly, anyway, anyways, somehow, quite, fairly, pretty, very, more or less, give or take, so to
  speak, at any rate, in fact, in particular, in short, in brief, in all honesty, to be honest, to be precise, to be
  exact, to be clear, to be fair, to be frank, for the record, for the sake of completeness, just for info, for my
  information, for your information, for reference, for context, first of all, first off, to start with, to begin with,
  for starters, on the whole, as a whole, as such, as it stands, as things stand, by and large, all told, all things
  considered, as usual,
  sorry, sorry to bother you, sorry for bothering you, sorry to bother, excuse me, pardon, pardon me, apologies, forgive
  me, my apologies, no offence, thanks a million, thanks a bunch, thanks a ton, thank you kindly, many many thanks, with
  thanks, best, best regards, kind regards, regards, cheers everyone, have a nice day, have a good day, have a great day,
  happy monday, happy friday, hope you are well, hope youre well, hope all is well, hope all good,
  if you dont mind, if you would, if you could, if thats ok, if that is ok, if thats okay, if that is okay, if thats
  possible, if that is possible, if its possible, if it is possible, if its not too much trouble, if it is not too much
  trouble, if its not too much, if you have time, if you have a second, if you have a moment, if you please, if i may, if
  we may, if i may ask, if available, if any, when possible, when you can, when you have time, whenever you can, as far as
  you can tell, as far as you know, as far as we know, do you know, would you know, do we know, you know, i mean to say, i
  think, i guess, i believe, i suppose, i assume, i hope, i heard, i need help with, need help, need help with, help me,
  help me understand, help me see, trying to, i am trying to, im trying to, trying to find out, trying to see, trying to
  understand, understand, want to understand, work out, working out, can you work out, figure out, find me, dig up, dig
  out,
  it would be great to have, it would be great to see, it would be nice to have, it would be nice to see, it would be good
  to have, it would be good to see, it would be helpful to have, would be great, would be nice, that would be great, that
  would be nice, that would be helpful, that would be lovely, would love to see, would love to know, would be interested
  in, i would be interested in, im interested in, i am interested in, were interested in, we are interested in, interested
  in seeing, interested in knowing, mind telling me, mind showing me, would you mind, do you mind, will you, will you
  please, will you show me,
  quick one, a quick one, quick ask, small question, short question, silly question, dumb question, stupid question,
  simple question, easy one, an easy one, another one, another question, one more, one more thing, one more question, one
  question, just one question, question, my question is, my question, question for you, a question, next question, new
  question, request, a request, small request, task, assignment,
  story, the story with, the story on, whats the story with, whats the story on, state of, the state of, status of, the
  status of, whats the status of, status, situation, the situation with, picture of, the picture for, level of, levels of,
  levels, count of all, tally, tally of, a tally of, headcount of, list out, complete list of, the complete list of, full
  list of, the full list of, whole list of, entire list of, complete list, full list, complete, overview over, an overview
  over, an overview of, an overview, insight into, rundown on, a rundown on, update on, an update on, any update on, a
  summary of, the summary of, latest on, the latest on, latest numbers on, latest numbers for, latest figures for, listed,
  shown, given, displayed, presented, returned to me, in numbers, in figures, as numbers, as figures, in absolute numbers,
  in absolute terms, absolute, in absolute figures, raw, raw numbers, actual number of, exact, exact number of, the exact
  number of, precise number of`;
