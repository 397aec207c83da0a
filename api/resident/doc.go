// Package resident is what residents touch: the form behind a poster's code,
// 已收到 with its receipt, the blank form that replaces an answer, what became
// of a receipt, the published result with the company's promises, the privacy
// notice, and the page for each way in which a code can lead nowhere (DESIGN
// §8, UX "Resident pages"). It knows no accounts, and no page here shows
// anybody's answers but the ones that the very same request carried.
package resident
