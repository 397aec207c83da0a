// Package poster makes the QR codes of posters: vectors for paper, blocks for
// a terminal. It knows addresses and squares, and nothing of campaigns.
package poster
