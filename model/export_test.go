package model

import "gorm.io/gorm"

// OnRead calls f before each query on the reading pool, for tests that watch
// what is asked and not only what is answered.
func (s *Store) OnRead(f func()) error {
	watch := func(*gorm.DB) { f() }
	if err := s.read.Callback().Query().Before("gorm:query").Register("test:query", watch); err != nil {
		return err
	}
	return s.read.Callback().Row().Before("gorm:row").Register("test:row", watch)
}
