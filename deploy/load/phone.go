package main

import (
	"context"
	"sync"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/cdproto/target"
	"github.com/chromedp/chromedp"
)

// line is how a phone is connected, and how slow it is.
type line struct {
	kilobits int // a second, each way
	latency  time.Duration
	slower   float64
}

// phoneView is a browser that looks at pages as a phone on a line does.
type phoneView struct {
	browser context.Context
	line    line
}

// viewed is what one page took.
type viewed struct {
	requests, bytes int64
	painted         time.Duration // first contentful paint after the address was opened
}

// openPhone starts the browser.
func openPhone(ctx context.Context, path string, l line) (phoneView, func(), error) {
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(path))
	for name, value := range map[string]any{
		"headless": "new", "no-sandbox": true, "disable-gpu": true, "disable-quic": true, "disable-component-update": true,
		"disable-background-networking": true, "lang": "zh-CN",
	} {
		options = append(options, chromedp.Flag(name, value))
	}
	allocator, stop := chromedp.NewExecAllocator(ctx, options...)
	browser, quit := chromedp.NewContext(allocator)
	end := func() { quit(); stop() }
	if err := chromedp.Run(browser); err != nil {
		end()
		return phoneView{}, nil, err
	}
	return phoneView{browser, l}, end, nil
}

const viewTime = 60 * time.Second

// view opens an address with an empty cache and waits for everything it asks
// for.
func (p phoneView) view(address string) (viewed, error) {
	tab, end, err := p.newTab()
	if err != nil {
		return viewed{}, err
	}
	defer end()
	tab, cancel := context.WithTimeout(tab, viewTime)
	defer cancel()
	count := &wireCount{open: map[network.RequestID]bool{}}
	chromedp.ListenTarget(tab, count.see)
	bytes := float64(p.line.kilobits) * 1000 / 8
	var painted float64
	err = chromedp.Run(tab,
		network.Enable(),
		emulation.SetDeviceMetricsOverride(390, 844, 2, true),
		emulation.SetCPUThrottlingRate(p.line.slower),
		network.EmulateNetworkConditions(false, float64(p.line.latency.Milliseconds()), bytes, bytes),
		chromedp.Navigate(address),
		chromedp.Evaluate(firstPaint, &painted, func(e *runtime.EvaluateParams) *runtime.EvaluateParams { return e.WithAwaitPromise(true) }),
	)
	if err != nil {
		return viewed{}, err
	}
	for !count.idle() {
		if err := chromedp.Run(tab, chromedp.Sleep(50*time.Millisecond)); err != nil {
			return viewed{}, err
		}
	}
	requests, size, failed := count.sum()
	return viewed{requests, size, time.Duration(painted * float64(time.Millisecond))},
		errorIf(failed > 0, "a request failed")
}

// newTab opens a tab that shares no cache and no cookie with any other.
func (p phoneView) newTab() (context.Context, context.CancelFunc, error) {
	var own target.ID
	err := chromedp.Run(p.browser, chromedp.ActionFunc(func(ctx context.Context) error {
		ctx = cdp.WithExecutor(ctx, chromedp.FromContext(ctx).Browser)
		storage, err := target.CreateBrowserContext().Do(ctx)
		if err != nil {
			return err
		}
		own, err = target.CreateTarget("about:blank").WithBrowserContextID(storage).WithNewWindow(true).Do(ctx)
		return err
	}))
	if err != nil {
		return nil, nil, err
	}
	tab, end := chromedp.NewContext(p.browser, chromedp.WithTargetID(own))
	if err := chromedp.Run(tab); err != nil { // without a limit: the tab lives as long as this context
		end()
		return nil, nil, err
	}
	return tab, end, nil
}

// firstPaint is when something was seen first, in milliseconds.
const firstPaint = `new Promise(function (ok) {
  (function look() {
    var seen = performance.getEntriesByName("first-contentful-paint")[0];
    seen ? ok(seen.startTime) : setTimeout(look, 20);
  })();
})`

// wireCount counts what goes over the wire.
type wireCount struct {
	mu              sync.Mutex
	open            map[network.RequestID]bool
	requests, bytes int64
	failed          int
}

func (w *wireCount) see(event any) {
	w.mu.Lock()
	defer w.mu.Unlock()
	switch e := event.(type) {
	case *network.EventRequestWillBeSent:
		w.requests++
		w.open[e.RequestID] = true
	case *network.EventRequestServedFromCache:
		w.requests--
	case *network.EventLoadingFinished:
		w.bytes += int64(e.EncodedDataLength)
		delete(w.open, e.RequestID)
	case *network.EventLoadingFailed:
		w.failed++
		delete(w.open, e.RequestID)
	}
}

func (w *wireCount) idle() bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	return len(w.open) == 0
}

func (w *wireCount) sum() (requests, bytes int64, failed int) {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.requests, w.bytes, w.failed
}
