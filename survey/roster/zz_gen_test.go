package roster
import ("testing";"os";"encoding/json";"path/filepath";"strings";"meihao/survey";"fmt")
func TestZZGen(t *testing.T){
	base := MakePlan(Register{}, mustOpen(t, "testdata/messy/base.csv", Read), survey.CityScope(), true)
	store := applied(t, Register{}, base)
	all,_:=filepath.Glob("testdata/messy/*")
	for _,n:=range all { if strings.HasSuffix(n,".json"){continue}
		o,p:=tried(t,n,store)
		b,_:=json.MarshalIndent(o,"","  ")
		os.WriteFile(n+".json",append(b,'\n'),0o644)
		fmt.Println("=====",n); fmt.Println(string(b))
		for _,x:=range p.Notes{fmt.Println("   N",x.At(),x.Key,x.Args)}
		for _,x:=range p.Refused{fmt.Println("   R",x.At(),x.What,x.Reason.Key,x.Reason.Args)}
	}
}
