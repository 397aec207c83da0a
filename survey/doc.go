// Package survey holds the words and the rules of Meihao: what a campaign, a
// questionnaire, a response, a tally, a verdict, a standing and a role are,
// and what may be done with them.
//
// Everything here is pure. There is no input or output, no clock and no
// database: time and random bytes are arguments. The package imports the
// standard library and survey/stats only, and whatever decides a result
// decides with integers.
//
// The words, in the order in which one meets them:
//
//	District 区, Subdistrict 街道/乡镇, Community 社区
//	Project 物业项目/小区   the unit that is scored
//	Building 楼, Unit 单元, Household 户 (one home)
//	Company 物业企业
//	Activity 创建活动       a year's round: caps, dates, order
//	Campaign 调查轮次       draft → open → closed → sealed
//	Enrolment              a campaign × a project, N per base frozen
//	Questionnaire 问卷      immutable once published; Question, Choice
//	Poster 海报             a QR code at a place
//	Slip 户码               a household code on paper
//	Response 答卷, Answer, Lane 渠道 (the way it came in)
//	Base                   owner base and resident base: who is counted
//	Claim 占位              that a household answered, never what
//	Receipt 回执            shows that a response is in, never what it says
//	Reanswer 重新作答       other answers in place of those given, by the change key on that phone
//	Tally 计票, Score 满意率 (always two counts), Verdict 判定
//	Publication 公布        the sealed result on the posters; Promise 承诺 (what is fixed, by when)
//	Turnout 回收率, Standing (one project's row), Snapshot 封存结果
//	Coach 还差多少户        how many answers are missing, by when, and what next
//	Rubric 选树标准, Item, Sheet 评分表, Award 得分, Veto 一票否决
//	Actor, Role, Scope 辖区, Event 审计记录
package survey
