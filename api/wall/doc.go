// Package wall serves 大屏: read-only addresses for screens that hang where
// anybody may see them. They need no login and set no cookie; whoever has the
// address looks, and nothing on the page leads anywhere. What one shows is
// decided by survey.Wall alone.
package wall
