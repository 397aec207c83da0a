// Package chart draws figures as SVG on the server: bars by day, points with
// the thresholds, intervals and changes project by project. A figure is a typed
// series with what is printed of every mark already in words; the same series
// is the data from which script draws the figure anew, so that no figure is
// ever computed twice. Floats here are places on paper and nothing else.
//
// Across, everything is in percent of the width, so that letters keep their
// size on a phone and on a wall; down, in pixels. Colours are classes of
// charts.css. There is no style in a figure, no script and nothing from
// elsewhere. The package knows neither requests nor rules nor languages.
package chart
