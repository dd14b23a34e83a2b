/** The family list that every text of a picture is drawn with; Japanese before Chinese decides the shapes of Han characters. */
export const fontFamily =
  "Inter, 'Ask Arabic', 'Ask Hebrew', 'Ask Devanagari', 'Ask Bengali', 'Ask Tamil', 'Ask Thai', 'Ask JP', 'Ask SC', 'Ask TC', 'Ask KR', 'Ask Emoji'";
