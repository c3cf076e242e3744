import { leastCost, settleCost } from '../../electron/people/passwords.ts'

// Each hash would take a quarter of a second whatever the computer: the least there is proves the same.
settleCost(leastCost)
