const oneToThreeEmoji =
  /^(?:\s*(?:\p{Regional_Indicator}{2}|[#*0-9]\uFE0F?\u20E3|\p{Extended_Pictographic}(?:\p{Emoji_Modifier}|\uFE0F|\u200D\p{Extended_Pictographic})*)){1,3}\s*$/u

/** Up to three emoji and nothing else: shown large. */
export const isEmojiOnly = (text: string): boolean => text.length <= 64 && oneToThreeEmoji.test(text)
