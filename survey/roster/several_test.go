package roster

import "testing"

// A cell that clearly names several buildings is told from odd names of one.
func TestSeveral(t *testing.T) {
	for _, name := range []string{"5号楼、6号楼", "1、2、3号楼", "5号楼,6号楼", "A座、B座", "别墅1-20", "1号楼至5号楼", "1~5号楼", "别墅１－２０"} {
		if !several(name) {
			t.Errorf("%s is taken for one building", name)
		}
	}
	for _, name := range []string{"3-1", "1-20", "甲1-2号", "二区1-2", "A1-3", "7号楼1单元", "5号楼", "别墅20-1", "东、西配楼院", "1号楼(原2、3号)", "楼3-1号", "", "-", "至"} {
		if several(name) {
			t.Errorf("%s is taken for several buildings", name)
		}
	}
}
