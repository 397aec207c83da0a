package api

import (
	"errors"
	"net"
	"sync"
	"time"
)

// serverBuffer is the size of net/http's buffer for an answer: a write of
// just so many bytes is the first part of something larger.
const serverBuffer = 4 << 10

// heldBytes is what goes out in one piece: a form with its style sheet and
// headers, as all but the oldest browsers get it.
const heldBytes = 3 * serverBuffer

// Joined is a listener whose connections send what overflows net/http's
// buffer together with what follows it. A resident's page with its headers is
// just a little too large for that buffer, and a second system call and a
// second packet would cost a quarter of serving it.
func Joined(l net.Listener) net.Listener {
	return joined{l, &sync.Pool{New: func() any { return new([heldBytes]byte) }}}
}

type joined struct {
	net.Listener
	buffers *sync.Pool
}

// Accept waits for the next connection.
func (l joined) Accept() (net.Conn, error) {
	c, err := l.Listener.Accept()
	if err != nil {
		return nil, err
	}
	return &joinedConn{Conn: c, buffers: l.buffers}, nil
}

// joinedConn holds a full buffer back until the next write, and at the latest
// until net/http turns to reading the next request, which begins with a new
// deadline, or closes the connection.
type joinedConn struct {
	net.Conn
	buffers *sync.Pool

	mu   sync.Mutex
	held *[heldBytes]byte // the first part is full; nil for nothing
}

// Write sends what was held and p, or holds p.
func (c *joinedConn) Write(p []byte) (int, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.held == nil {
		if len(p) != serverBuffer {
			return c.Conn.Write(p)
		}
		c.held = c.buffers.Get().(*[heldBytes]byte)
		return copy(c.held[:], p), nil
	}
	more := copy(c.held[serverBuffer:], p)
	if err := c.send(more); err != nil {
		return 0, err
	}
	if more == len(p) {
		return more, nil
	}
	n, err := c.Conn.Write(p[more:])
	return more + n, err
}

// send sends what is held with so many bytes more behind it.
func (c *joinedConn) send(more int) error {
	_, err := c.Conn.Write(c.held[:serverBuffer+more])
	c.buffers.Put(c.held)
	c.held = nil
	return err
}

// release sends what is held: nothing follows.
func (c *joinedConn) release() error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.held == nil {
		return nil
	}
	return c.send(0)
}

// SetReadDeadline is what net/http does between two requests.
func (c *joinedConn) SetReadDeadline(t time.Time) error {
	return errors.Join(c.release(), c.Conn.SetReadDeadline(t))
}

// CloseWrite ends the answer, where the client may be sending still.
func (c *joinedConn) CloseWrite() error {
	err := c.release()
	if tcp, ok := c.Conn.(interface{ CloseWrite() error }); ok {
		return errors.Join(err, tcp.CloseWrite())
	}
	return err
}

// closeTime is how long the end of an answer may take on a connection that is
// being closed.
const closeTime = time.Second

// Close ends the connection, and with it a write that is under way.
func (c *joinedConn) Close() error {
	if c.mu.TryLock() {
		if c.held != nil {
			_ = c.SetWriteDeadline(time.Now().Add(closeTime)) // the one of the answer may be long
			_ = c.send(0)                                     // who has gone needs no end
		}
		c.mu.Unlock()
	}
	return c.Conn.Close()
}
