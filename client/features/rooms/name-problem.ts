import type { NameProblem } from '../../core/hearth.ts'

const aboutNames: Readonly<Record<NameProblem['type'], true>> = {
  nameEmpty: true,
  nameTooLong: true,
  nameTaken: true,
}

/** Whether a problem is mended in the field for the name; any other belongs to the whole form. */
export const isAboutName = (problem: { type: string } | undefined): boolean =>
  problem !== undefined && Object.hasOwn(aboutNames, problem.type)
