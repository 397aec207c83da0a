// Package evidence reads files that people send as evidence (DESIGN §2, RULES
// §6): it tells by its content what a file is, draws pictures anew, looks for
// what acts by itself in a PDF, and gives the file a harmless name and its
// hash. Pure: bytes in, bytes out; neither storage nor HTTP.
package evidence
