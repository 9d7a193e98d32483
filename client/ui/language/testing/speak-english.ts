import { catalogue } from '../en/catalogue.ts'
import { speak } from '../language.ts'

// Tests read what people read (vitest.config.ts).
speak('en', catalogue)
