import { defineConfig } from '@playwright/test'
import { longConfig } from '../fixtures/long-config.ts'

export default defineConfig(longConfig('torture'))
