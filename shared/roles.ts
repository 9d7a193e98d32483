import * as v from 'valibot'

/** G2: what a member may do. One owner; you act only on, and grant only, roles below yours. */
export const roleSchema = v.picklist(['owner', 'admin', 'member'])
export type Role = v.InferOutput<typeof roleSchema>

const ranks: Readonly<Record<Role, number>> = { member: 0, admin: 1, owner: 2 }

/** Whether somebody of role `actor` may act on, or grant, `role`. Members may not act on anybody. */
export const mayActOn = (actor: Role, role: Role): boolean => ranks[actor] > ranks[role]
