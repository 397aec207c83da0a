-- A database of schema 28, as the first release left it. Receipt: GPK2EZ543XCX5JP500
INSERT INTO districts (id, name, name_key, position) VALUES (6265220039124, '星河区', '星河区', 2);
INSERT INTO districts (id, name, name_key, position) VALUES (20756160421558, '晨光区', '晨光区', 1);
INSERT INTO subdistricts (id, district, name, name_key, position) VALUES (12692453993302, 6265220039124, '湖滨街道', '湖滨街道', 2);
INSERT INTO subdistricts (id, district, name, name_key, position) VALUES (22842855797072, 20756160421558, '梧桐街道', '梧桐街道', 1);
INSERT INTO communities (id, district, subdistrict, name, name_key, position) VALUES (5342804724416, 20756160421558, 22842855797072, '西里社区', '西里社区', 2);
INSERT INTO communities (id, district, subdistrict, name, name_key, position) VALUES (9294093830797, 6265220039124, 12692453993302, '湖心社区', '湖心社区', 3);
INSERT INTO communities (id, district, subdistrict, name, name_key, position) VALUES (22954693153509, 20756160421558, 22842855797072, '东里社区', '东里社区', 1);
INSERT INTO companies (id, name, name_key) VALUES (12747250042073, '安居物业服务有限公司', '安居物业服务有限公司');
INSERT INTO projects (id, register, name, name_key, district, subdistrict, community, company, phone, households, occupied, position) VALUES (6757342506617, 'CG-001', '晨光花园', '晨光花园', 20756160421558, 22842855797072, 22954693153509, 12747250042073, '010-12345678', 81, 60, 1);
INSERT INTO projects (id, register, name, name_key, district, subdistrict, community, company, phone, households, occupied, position) VALUES (14825763458653, NULL, '银杏里', '银杏里', 20756160421558, 22842855797072, 5342804724416, 12747250042073, '010-12345678', 20, NULL, 3);
INSERT INTO projects (id, register, name, name_key, district, subdistrict, community, company, phone, households, occupied, position) VALUES (26257001947913, NULL, '湖畔居', '湖畔居', 6265220039124, 12692453993302, 9294093830797, 12747250042073, '010-12345678', 25, NULL, 4);
INSERT INTO projects (id, register, name, name_key, district, subdistrict, community, company, phone, households, occupied, position) VALUES (29566122731500, NULL, '紫藤苑', '紫藤苑', 20756160421558, 22842855797072, 22954693153509, 12747250042073, '010-12345678', 12, NULL, 2);
INSERT INTO buildings (id, project, name, name_key, units, households, occupied, position) VALUES (8879807397810, 6757342506617, '2号楼', '2号楼', 2, 30, NULL, 2);
INSERT INTO buildings (id, project, name, name_key, units, households, occupied, position) VALUES (9395841981729, 6757342506617, '1号楼', '1号楼', 2, 40, NULL, 1);
INSERT INTO buildings (id, project, name, name_key, units, households, occupied, position) VALUES (13829333301676, 6757342506617, '4号楼', '4号楼', 1, 5, NULL, 4);
INSERT INTO buildings (id, project, name, name_key, units, households, occupied, position) VALUES (25901703626845, 29566122731500, '1号楼', '1号楼', 1, 12, NULL, 5);
INSERT INTO buildings (id, project, name, name_key, units, households, occupied, position) VALUES (29065125063187, 26257001947913, '1号楼', '1号楼', 1, 25, NULL, 7);
INSERT INTO buildings (id, project, name, name_key, units, households, occupied, position) VALUES (30043634609145, 14825763458653, '甲楼', '甲楼', 0, 20, NULL, 6);
INSERT INTO buildings (id, project, name, name_key, units, households, occupied, position) VALUES (34635144260372, 6757342506617, '3号楼', '3号楼', 1, 6, NULL, 3);
INSERT INTO accounts (id, username, username_key, name, role, city_wide, district, subdistrict, community, company, language, hash, one_time, disabled, generation, added, last_seen) VALUES (1982258270784, 'stranger', 'stranger', 'stranger 测试员', 'district', 0, 6265220039124, 0, 0, 0, 'zh', 'hash of stranger', 0, 0, 0, 1788228000000, 0);
INSERT INTO accounts (id, username, username_key, name, role, city_wide, district, subdistrict, community, company, language, hash, one_time, disabled, generation, added, last_seen) VALUES (12296123530236, 'auditor', 'auditor', 'auditor 测试员', 'auditor', 1, 0, 0, 0, 0, 'zh', 'hash of auditor', 0, 0, 0, 1788228000000, 0);
INSERT INTO accounts (id, username, username_key, name, role, city_wide, district, subdistrict, community, company, language, hash, one_time, disabled, generation, added, last_seen) VALUES (19255073316426, 'district', 'district', 'district 测试员', 'district', 0, 20756160421558, 0, 0, 0, 'zh', 'hash of district', 0, 0, 0, 1788228000000, 0);
INSERT INTO accounts (id, username, username_key, name, role, city_wide, district, subdistrict, community, company, language, hash, one_time, disabled, generation, added, last_seen) VALUES (21607823304923, 'colleague', 'colleague', 'colleague 测试员', 'district', 0, 20756160421558, 0, 0, 0, 'zh', 'hash of colleague', 0, 0, 0, 1788228000000, 0);
INSERT INTO accounts (id, username, username_key, name, role, city_wide, district, subdistrict, community, company, language, hash, one_time, disabled, generation, added, last_seen) VALUES (23406909924559, 'other', 'other', 'other 测试员', 'community', 0, 0, 0, 5342804724416, 0, 'zh', 'hash of other', 0, 0, 0, 1788228000000, 0);
INSERT INTO accounts (id, username, username_key, name, role, city_wide, district, subdistrict, community, company, language, hash, one_time, disabled, generation, added, last_seen) VALUES (25131072711047, 'community', 'community', 'community 测试员', 'community', 0, 0, 0, 22954693153509, 0, 'zh', 'hash of community', 0, 0, 0, 1788228000000, 0);
INSERT INTO accounts (id, username, username_key, name, role, city_wide, district, subdistrict, community, company, language, hash, one_time, disabled, generation, added, last_seen) VALUES (30704429559998, 'admin', 'admin', 'admin 测试员', 'administrator', 1, 0, 0, 0, 0, 'zh', 'hash of admin', 0, 0, 0, 1788228000000, 0);
INSERT INTO accounts (id, username, username_key, name, role, city_wide, district, subdistrict, community, company, language, hash, one_time, disabled, generation, added, last_seen) VALUES (30854003715690, 'subdistrict', 'subdistrict', 'subdistrict 测试员', 'subdistrict', 0, 0, 22842855797072, 0, 0, 'zh', 'hash of subdistrict', 0, 0, 0, 1788228000000, 0);
INSERT INTO accounts (id, username, username_key, name, role, city_wide, district, subdistrict, community, company, language, hash, one_time, disabled, generation, added, last_seen) VALUES (31296589090680, 'city', 'city', 'city 测试员', 'city', 1, 0, 0, 0, 0, 'zh', 'hash of city', 0, 0, 0, 1788228000000, 0);
INSERT INTO uploads (id, account, name, added, data) VALUES (15643282224723, 19255073316426, 'register.csv', 1788228000000, X'612c620a');
INSERT INTO events (number, at, actor, username, action, object, reason, detail, previous, hash) VALUES (1, 1788228000000, 0, 'system', 'projects.imported', 'projects', '', '{"added":4,"buildings_added":7,"buildings_changed":0,"changed":0,"plan":"bf08ed0586ce2cc130ef37d0e79b4b6cf149b7d08e71a6a0e49344c19bc8d379","refused":0,"same":0}', '', 'e2cb36648912af8ad29a78e87877940be852b3e5b6c1f1b7753f436016da2acd');
INSERT INTO events (number, at, actor, username, action, object, reason, detail, previous, hash) VALUES (2, 1788228000000, 0, 'system', 'account.added', 'account VXKQ9VW5Y', '', '{"disabled":false,"place":"","role":"administrator","username":"admin"}', 'e2cb36648912af8ad29a78e87877940be852b3e5b6c1f1b7753f436016da2acd', '281bd3e41c8b3747d1071da48e934417e34672915b0f3cb1c3443a2e407856d6');
INSERT INTO events (number, at, actor, username, action, object, reason, detail, previous, hash) VALUES (3, 1788228000000, 0, 'system', 'account.added', 'account WEV716KVR', '', '{"disabled":false,"place":"","role":"city","username":"city"}', '281bd3e41c8b3747d1071da48e934417e34672915b0f3cb1c3443a2e407856d6', '04bcbafb8f148dcae019984cf096431f94a20b8ce402b9fb27474223c015d42f');
INSERT INTO events (number, at, actor, username, action, object, reason, detail, previous, hash) VALUES (4, 1788228000000, 0, 'system', 'account.added', 'account HGCNWW7JA', '', '{"disabled":false,"place":"晨光区","role":"district","username":"district"}', '04bcbafb8f148dcae019984cf096431f94a20b8ce402b9fb27474223c015d42f', '7158fed909ee47204d13a75f8342c5e163144deef270b787166cf4f692aeaaa0');
INSERT INTO events (number, at, actor, username, action, object, reason, detail, previous, hash) VALUES (5, 1788228000000, 0, 'system', 'account.added', 'account KMVVA3T6V', '', '{"disabled":false,"place":"晨光区","role":"district","username":"colleague"}', '7158fed909ee47204d13a75f8342c5e163144deef270b787166cf4f692aeaaa0', 'b09810a6d82f6d1025a29009b4f82fa055a87686d59bd8bec5e388ea681b3a04');
INSERT INTO events (number, at, actor, username, action, object, reason, detail, previous, hash) VALUES (6, 1788228000000, 0, 'system', 'account.added', 'account W1Z0YWVKA', '', '{"disabled":false,"place":"梧桐街道","role":"subdistrict","username":"subdistrict"}', 'b09810a6d82f6d1025a29009b4f82fa055a87686d59bd8bec5e388ea681b3a04', '863ded1020a8f5c2e85083810531973b6537c4a10321e1bdbdb2a0597ba39a9f');
INSERT INTO events (number, at, actor, username, action, object, reason, detail, previous, hash) VALUES (7, 1788228000000, 0, 'system', 'account.added', 'account PVD4AJTC7', '', '{"disabled":false,"place":"东里社区","role":"community","username":"community"}', '863ded1020a8f5c2e85083810531973b6537c4a10321e1bdbdb2a0597ba39a9f', '80acb12dccffe700d6e2aa073cbd394c11928b0983eced13e55301fe7069eefa');
INSERT INTO events (number, at, actor, username, action, object, reason, detail, previous, hash) VALUES (8, 1788228000000, 0, 'system', 'account.added', 'account N97C8T96F', '', '{"disabled":false,"place":"西里社区","role":"community","username":"other"}', '80acb12dccffe700d6e2aa073cbd394c11928b0983eced13e55301fe7069eefa', 'd7ebffb3e58262dd9dc69da5ad3893a961e628ffb3d93f64c825706da9ed349b');
INSERT INTO events (number, at, actor, username, action, object, reason, detail, previous, hash) VALUES (9, 1788228000000, 0, 'system', 'account.added', 'account 1SP3WSMJ0', '', '{"disabled":false,"place":"星河区","role":"district","username":"stranger"}', 'd7ebffb3e58262dd9dc69da5ad3893a961e628ffb3d93f64c825706da9ed349b', '5207dcb468addeecb451c0086d710a6d7102b8240b42d448ba64fadbb709a50c');
INSERT INTO events (number, at, actor, username, action, object, reason, detail, previous, hash) VALUES (10, 1788228000000, 0, 'system', 'account.added', 'account B5VN16EZW', '', '{"disabled":false,"place":"","role":"auditor","username":"auditor"}', '5207dcb468addeecb451c0086d710a6d7102b8240b42d448ba64fadbb709a50c', '14fe2d5d14c9e649c4c1661447194e595d3c6254135d66959ad4a3d789461c9c');
INSERT INTO events (number, at, actor, username, action, object, reason, detail, previous, hash) VALUES (11, 1788228000000, 19255073316426, 'district', 'campaign.added', 'campaign 1XD1HVPQQ', '', '{"admission":"room","asker":"晨光区住建委","closes":"2026-09-11T02:00:00Z","feedback":false,"full":50,"name":"2026年业主满意度调查","opens":"2026-09-01T01:00:00Z","phone":"010-00000000","projects":3,"provisional":80,"stage":"draft"}', '14fe2d5d14c9e649c4c1661447194e595d3c6254135d66959ad4a3d789461c9c', 'a138f5c867e2d271c0d35fd4a3cd7bb873d2d81984d61bb86872922a5a2a0c7c');
INSERT INTO events (number, at, actor, username, action, object, reason, detail, previous, hash) VALUES (12, 1788228000000, 31296589090680, 'city', 'campaign.opened', 'campaign 1XD1HVPQQ', '按工作安排办理', '{"frozen":"71250132a01803e2b13481d7c7053741aaa5bee5357b5532a651800832d97d51","new":{"admission":"room","asker":"晨光区住建委","closes":"2026-09-11T02:00:00Z","feedback":false,"full":50,"name":"2026年业主满意度调查","opens":"2026-09-01T01:00:00Z","phone":"010-00000000","projects":3,"provisional":80,"stage":"open"},"old":{"admission":"room","asker":"晨光区住建委","closes":"2026-09-11T02:00:00Z","feedback":false,"full":50,"name":"2026年业主满意度调查","opens":"2026-09-01T01:00:00Z","phone":"010-00000000","projects":3,"provisional":80,"stage":"draft"},"projects":3}', 'a138f5c867e2d271c0d35fd4a3cd7bb873d2d81984d61bb86872922a5a2a0c7c', '82833fb35c3ea4bb16fd6b29fbb3958b84e937ea329f0196dde737bbe83ea432');
INSERT INTO events (number, at, actor, username, action, object, reason, detail, previous, hash) VALUES (13, 1788228000000, 19255073316426, 'district', 'campaign.added', 'campaign T721WNTD6', '', '{"admission":"room","asker":"晨光区住建委","closes":"2026-09-11T02:00:00Z","feedback":false,"full":50,"name":"第二轮","opens":"2026-09-01T01:00:00Z","phone":"010-00000000","projects":3,"provisional":80,"stage":"draft"}', '82833fb35c3ea4bb16fd6b29fbb3958b84e937ea329f0196dde737bbe83ea432', '7c8b592650daeb90335d6a2f66a704664b26c243378c2291d1c488ef37b40aff');
INSERT INTO events (number, at, actor, username, action, object, reason, detail, previous, hash) VALUES (14, 1788228000000, 31296589090680, 'city', 'campaign.opened', 'campaign T721WNTD6', '按工作安排办理', '{"frozen":"71250132a01803e2b13481d7c7053741aaa5bee5357b5532a651800832d97d51","new":{"admission":"room","asker":"晨光区住建委","closes":"2026-09-11T02:00:00Z","feedback":false,"full":50,"name":"第二轮","opens":"2026-09-01T01:00:00Z","phone":"010-00000000","projects":3,"provisional":80,"stage":"open"},"old":{"admission":"room","asker":"晨光区住建委","closes":"2026-09-11T02:00:00Z","feedback":false,"full":50,"name":"第二轮","opens":"2026-09-01T01:00:00Z","phone":"010-00000000","projects":3,"provisional":80,"stage":"draft"},"projects":3}', '7c8b592650daeb90335d6a2f66a704664b26c243378c2291d1c488ef37b40aff', 'f36951421443d76b2a33dab8b475e54cdd6642cf6d5294413b4225ac5aa4866d');
INSERT INTO events (number, at, actor, username, action, object, reason, detail, previous, hash) VALUES (15, 1788228000000, 19255073316426, 'district', 'campaign.closed', 'campaign 1XD1HVPQQ', '按工作安排办理', '{"new":{"admission":"room","asker":"晨光区住建委","closes":"2026-09-11T02:00:00Z","feedback":false,"full":50,"name":"2026年业主满意度调查","opens":"2026-09-01T01:00:00Z","phone":"010-00000000","projects":3,"provisional":80,"stage":"closed"},"old":{"admission":"room","asker":"晨光区住建委","closes":"2026-09-11T02:00:00Z","feedback":false,"full":50,"name":"2026年业主满意度调查","opens":"2026-09-01T01:00:00Z","phone":"010-00000000","projects":3,"provisional":80,"stage":"open"}}', 'f36951421443d76b2a33dab8b475e54cdd6642cf6d5294413b4225ac5aa4866d', 'b121c54e1967c31ce44620b7f741d4cd9f00308f04ffe6b6d079ce0402d6b391');
INSERT INTO events (number, at, actor, username, action, object, reason, detail, previous, hash) VALUES (16, 1788228000000, 19255073316426, 'district', 'campaign.seal_asked', 'campaign 1XD1HVPQQ', '按工作安排办理', '{"closes":"2026-09-01T10:00:00+08:00"}', 'b121c54e1967c31ce44620b7f741d4cd9f00308f04ffe6b6d079ce0402d6b391', '94271bf70fe57d239c6e367ba60dde6ed7a25781f6aa46bde56b9d65d5cd1dc7');
INSERT INTO events (number, at, actor, username, action, object, reason, detail, previous, hash) VALUES (17, 1788228000000, 21607823304923, 'colleague', 'campaign.sealed', 'campaign 1XD1HVPQQ', '按工作安排办理', '{"contested":0,"projects":3,"snapshot":1,"undecided":8}', '94271bf70fe57d239c6e367ba60dde6ed7a25781f6aa46bde56b9d65d5cd1dc7', '650cc24d287dbc0db85734424314e4f9f32f29ce7f5e96e74e741839677ae3fb');
INSERT INTO activities (id, year, name) VALUES (33356426324893, 2026, '2026年“加强物业管理，共建美好家园”活动');
INSERT INTO questionnaires (id, number, version, data) VALUES (9300369128843, 1, '2023.1', '{
 "version": "2023.1",
 "title_zh": "小区物业管理满意度问卷",
 "title_en": "Residential property-management satisfaction questionnaire",
 "intro_zh": "本问卷约2分钟，每户一份，匿名统计，任何人都看不到单份答案。",
 "intro_en": "About 2 minutes, one per household, anonymous; nobody sees a single answer sheet.",
 "questions": [
  {
   "id": "S1",
   "type": "single",
   "zh": "您与这套住房的关系是？",
   "en": "What is your relation to this home?",
   "items": [
    "1.1",
    "6.1"
   ],
   "options": [
    {
     "code": "OWNER",
     "zh": "业主（产权人）",
     "en": "Owner",
     "base": "owner"
    },
    {
     "code": "CO_OWNER",
     "zh": "共有产权人",
     "en": "Co-owner",
     "base": "owner"
    },
    {
     "code": "FAMILY",
     "zh": "业主的家庭成员",
     "en": "Member of the owner''s family"
    },
    {
     "code": "TENANT",
     "zh": "租户",
     "en": "Tenant"
    },
    {
     "code": "OTHER",
     "zh": "其他",
     "en": "Other"
    }
   ],
   "show_if": null,
   "required": true,
   "note": "decides the base",
   "role": "relation"
  },
  {
   "id": "S2",
   "type": "single",
   "zh": "您目前住在本小区吗？",
   "en": "Do you live in this compound now?",
   "items": [
    "R14"
   ],
   "options": [
    {
     "code": "Y",
     "zh": "是",
     "en": "Yes",
     "base": "resident"
    },
    {
     "code": "N",
     "zh": "否",
     "en": "No"
    }
   ],
   "show_if": null,
   "required": true,
   "note": "resident base",
   "role": "residence"
  },
  {
   "id": "Q1",
   "type": "scale",
   "zh": "总的来说，过去一年您对本小区的物业管理满意吗？",
   "en": "Overall, over the past year, how satisfied are you with the property management of this compound?",
   "items": [
    "1.1",
    "6.1"
   ],
   "options": [
    {
     "code": "5",
     "zh": "非常满意",
     "en": "Very satisfied",
     "counts": "satisfied"
    },
    {
     "code": "4",
     "zh": "满意",
     "en": "Satisfied",
     "counts": "satisfied"
    },
    {
     "code": "3",
     "zh": "一般",
     "en": "Neither",
     "counts": "neutral"
    },
    {
     "code": "2",
     "zh": "不满意",
     "en": "Dissatisfied",
     "counts": "dissatisfied"
    },
    {
     "code": "1",
     "zh": "非常不满意",
     "en": "Very dissatisfied",
     "counts": "dissatisfied"
    }
   ],
   "show_if": null,
   "required": false,
   "note": "official item; asked first; may be skipped, no DK shown",
   "role": "overall"
  },
  {
   "id": "Q2",
   "type": "scale",
   "zh": "您对以下方面满意吗？客服人员的态度和规范程度",
   "en": "Attitude and professionalism of customer-service staff",
   "items": [
    "3.3"
   ],
   "options": [
    {
     "code": "5",
     "zh": "非常满意",
     "en": "Very satisfied",
     "counts": "satisfied"
    },
    {
     "code": "4",
     "zh": "满意",
     "en": "Satisfied",
     "counts": "satisfied"
    },
    {
     "code": "3",
     "zh": "一般",
     "en": "Neither",
     "counts": "neutral"
    },
    {
     "code": "2",
     "zh": "不满意",
     "en": "Dissatisfied",
     "counts": "dissatisfied"
    },
    {
     "code": "1",
     "zh": "非常不满意",
     "en": "Very dissatisfied",
     "counts": "dissatisfied"
    },
    {
     "code": "DK",
     "zh": "不了解/不适用",
     "en": "Don''t know / not applicable",
     "counts": "excluded"
    }
   ],
   "show_if": null,
   "required": false,
   "note": ""
  },
  {
   "id": "Q3",
   "type": "scale",
   "zh": "公共区域的清洁卫生",
   "en": "Cleanliness of shared areas",
   "items": [
    "3.4"
   ],
   "options": [
    {
     "code": "5",
     "zh": "非常满意",
     "en": "Very satisfied",
     "counts": "satisfied"
    },
    {
     "code": "4",
     "zh": "满意",
     "en": "Satisfied",
     "counts": "satisfied"
    },
    {
     "code": "3",
     "zh": "一般",
     "en": "Neither",
     "counts": "neutral"
    },
    {
     "code": "2",
     "zh": "不满意",
     "en": "Dissatisfied",
     "counts": "dissatisfied"
    },
    {
     "code": "1",
     "zh": "非常不满意",
     "en": "Very dissatisfied",
     "counts": "dissatisfied"
    },
    {
     "code": "DK",
     "zh": "不了解/不适用",
     "en": "Don''t know / not applicable",
     "counts": "excluded"
    }
   ],
   "show_if": null,
   "required": false,
   "note": ""
  },
  {
   "id": "Q4",
   "type": "scale",
   "zh": "绿化养护",
   "en": "Care of greenery",
   "items": [
    "3.5"
   ],
   "options": [
    {
     "code": "5",
     "zh": "非常满意",
     "en": "Very satisfied",
     "counts": "satisfied"
    },
    {
     "code": "4",
     "zh": "满意",
     "en": "Satisfied",
     "counts": "satisfied"
    },
    {
     "code": "3",
     "zh": "一般",
     "en": "Neither",
     "counts": "neutral"
    },
    {
     "code": "2",
     "zh": "不满意",
     "en": "Dissatisfied",
     "counts": "dissatisfied"
    },
    {
     "code": "1",
     "zh": "非常不满意",
     "en": "Very dissatisfied",
     "counts": "dissatisfied"
    },
    {
     "code": "DK",
     "zh": "不了解/不适用",
     "en": "Don''t know / not applicable",
     "counts": "excluded"
    }
   ],
   "show_if": null,
   "required": false,
   "note": ""
  },
  {
   "id": "Q5",
   "type": "scale",
   "zh": "电梯、水电、门禁等设施的维修保养",
   "en": "Repair and upkeep of lifts, water, power, entrance systems",
   "items": [
    "3.6"
   ],
   "options": [
    {
     "code": "5",
     "zh": "非常满意",
     "en": "Very satisfied",
     "counts": "satisfied"
    },
    {
     "code": "4",
     "zh": "满意",
     "en": "Satisfied",
     "counts": "satisfied"
    },
    {
     "code": "3",
     "zh": "一般",
     "en": "Neither",
     "counts": "neutral"
    },
    {
     "code": "2",
     "zh": "不满意",
     "en": "Dissatisfied",
     "counts": "dissatisfied"
    },
    {
     "code": "1",
     "zh": "非常不满意",
     "en": "Very dissatisfied",
     "counts": "dissatisfied"
    },
    {
     "code": "DK",
     "zh": "不了解/不适用",
     "en": "Don''t know / not applicable",
     "counts": "excluded"
    }
   ],
   "show_if": null,
   "required": false,
   "note": ""
  },
  {
   "id": "Q6",
   "type": "scale",
   "zh": "门岗、巡逻和停车秩序",
   "en": "Gate, patrol and parking order",
   "items": [
    "3.7"
   ],
   "options": [
    {
     "code": "5",
     "zh": "非常满意",
     "en": "Very satisfied",
     "counts": "satisfied"
    },
    {
     "code": "4",
     "zh": "满意",
     "en": "Satisfied",
     "counts": "satisfied"
    },
    {
     "code": "3",
     "zh": "一般",
     "en": "Neither",
     "counts": "neutral"
    },
    {
     "code": "2",
     "zh": "不满意",
     "en": "Dissatisfied",
     "counts": "dissatisfied"
    },
    {
     "code": "1",
     "zh": "非常不满意",
     "en": "Very dissatisfied",
     "counts": "dissatisfied"
    },
    {
     "code": "DK",
     "zh": "不了解/不适用",
     "en": "Don''t know / not applicable",
     "counts": "excluded"
    }
   ],
   "show_if": null,
   "required": false,
   "note": ""
  },
  {
   "id": "Q7",
   "type": "scale",
   "zh": "收费标准、收支等信息的公开",
   "en": "Publication of fee rates, income and spending",
   "items": [
    "3.1"
   ],
   "options": [
    {
     "code": "5",
     "zh": "非常满意",
     "en": "Very satisfied",
     "counts": "satisfied"
    },
    {
     "code": "4",
     "zh": "满意",
     "en": "Satisfied",
     "counts": "satisfied"
    },
    {
     "code": "3",
     "zh": "一般",
     "en": "Neither",
     "counts": "neutral"
    },
    {
     "code": "2",
     "zh": "不满意",
     "en": "Dissatisfied",
     "counts": "dissatisfied"
    },
    {
     "code": "1",
     "zh": "非常不满意",
     "en": "Very dissatisfied",
     "counts": "dissatisfied"
    },
    {
     "code": "DK",
     "zh": "不了解/不适用",
     "en": "Don''t know / not applicable",
     "counts": "excluded"
    }
   ],
   "show_if": null,
   "required": false,
   "note": ""
  },
  {
   "id": "Q8",
   "type": "single",
   "zh": "过去一年，您向物业报修、投诉或反映过问题吗？最近一次多久有人答复？",
   "en": "In the past year did you report a problem or complain? How soon was the latest one answered?",
   "items": [
    "1.3"
   ],
   "options": [
    {
     "code": "NONE",
     "zh": "没有反映过",
     "en": "Never reported"
    },
    {
     "code": "H2",
     "zh": "2小时内",
     "en": "Within 2 hours"
    },
    {
     "code": "H24",
     "zh": "24小时内",
     "en": "Within 24 hours"
    },
    {
     "code": "D3",
     "zh": "3天内",
     "en": "Within 3 days"
    },
    {
     "code": "LATE",
     "zh": "3天以上",
     "en": "More than 3 days"
    },
    {
     "code": "NOANS",
     "zh": "一直没有答复",
     "en": "Never answered"
    }
   ],
   "show_if": null,
   "required": false,
   "note": ""
  },
  {
   "id": "Q8b",
   "type": "single",
   "zh": "这个问题解决了吗？",
   "en": "Was it resolved?",
   "items": [
    "1.3"
   ],
   "options": [
    {
     "code": "Y",
     "zh": "已解决",
     "en": "Resolved"
    },
    {
     "code": "P",
     "zh": "部分解决",
     "en": "Partly"
    },
    {
     "code": "G",
     "zh": "正在处理",
     "en": "In progress"
    },
    {
     "code": "N",
     "zh": "没有解决",
     "en": "Not resolved"
    }
   ],
   "show_if": "Q8!=''NONE''",
   "required": false,
   "note": "",
   "role": "resolved"
  },
  {
   "id": "Q9",
   "type": "scale",
   "zh": "物业听取意见并改进服务",
   "en": "Listening to owners'' opinions and improving",
   "items": [
    "3.9"
   ],
   "options": [
    {
     "code": "5",
     "zh": "非常满意",
     "en": "Very satisfied",
     "counts": "satisfied"
    },
    {
     "code": "4",
     "zh": "满意",
     "en": "Satisfied",
     "counts": "satisfied"
    },
    {
     "code": "3",
     "zh": "一般",
     "en": "Neither",
     "counts": "neutral"
    },
    {
     "code": "2",
     "zh": "不满意",
     "en": "Dissatisfied",
     "counts": "dissatisfied"
    },
    {
     "code": "1",
     "zh": "非常不满意",
     "en": "Very dissatisfied",
     "counts": "dissatisfied"
    },
    {
     "code": "DK",
     "zh": "不了解/不适用",
     "en": "Don''t know / not applicable",
     "counts": "excluded"
    }
   ],
   "show_if": null,
   "required": false,
   "note": ""
  },
  {
   "id": "Q10",
   "type": "scale",
   "zh": "安全提示、隐患处置和对违规行为的制止",
   "en": "Safety notices, handling of hazards, stopping violations",
   "items": [
    "3.8",
    "3.10"
   ],
   "options": [
    {
     "code": "5",
     "zh": "非常满意",
     "en": "Very satisfied",
     "counts": "satisfied"
    },
    {
     "code": "4",
     "zh": "满意",
     "en": "Satisfied",
     "counts": "satisfied"
    },
    {
     "code": "3",
     "zh": "一般",
     "en": "Neither",
     "counts": "neutral"
    },
    {
     "code": "2",
     "zh": "不满意",
     "en": "Dissatisfied",
     "counts": "dissatisfied"
    },
    {
     "code": "1",
     "zh": "非常不满意",
     "en": "Very dissatisfied",
     "counts": "dissatisfied"
    },
    {
     "code": "DK",
     "zh": "不了解/不适用",
     "en": "Don''t know / not applicable",
     "counts": "excluded"
    }
   ],
   "show_if": null,
   "required": false,
   "note": ""
  },
  {
   "id": "Q11",
   "type": "single",
   "zh": "您知道本小区有业委会或物管会吗？",
   "en": "Do you know whether there is an owners'' committee or property management committee?",
   "items": [
    "4.1"
   ],
   "options": [
    {
     "code": "Y",
     "zh": "有，我知道",
     "en": "Yes"
    },
    {
     "code": "N",
     "zh": "没有",
     "en": "No"
    },
    {
     "code": "DK",
     "zh": "不清楚",
     "en": "Not sure"
    }
   ],
   "show_if": null,
   "required": false,
   "note": ""
  },
  {
   "id": "Q12",
   "type": "scale",
   "zh": "您对业委会（物管会）了解意见、通报工作、协调纠纷满意吗？",
   "en": "How satisfied are you with the committee''s listening, reporting and dispute mediation?",
   "items": [
    "4.3",
    "4.4",
    "4.5"
   ],
   "options": [
    {
     "code": "5",
     "zh": "非常满意",
     "en": "Very satisfied",
     "counts": "satisfied"
    },
    {
     "code": "4",
     "zh": "满意",
     "en": "Satisfied",
     "counts": "satisfied"
    },
    {
     "code": "3",
     "zh": "一般",
     "en": "Neither",
     "counts": "neutral"
    },
    {
     "code": "2",
     "zh": "不满意",
     "en": "Dissatisfied",
     "counts": "dissatisfied"
    },
    {
     "code": "1",
     "zh": "非常不满意",
     "en": "Very dissatisfied",
     "counts": "dissatisfied"
    },
    {
     "code": "DK",
     "zh": "不了解/不适用",
     "en": "Don''t know / not applicable",
     "counts": "excluded"
    }
   ],
   "show_if": "Q11==''Y''",
   "required": false,
   "note": ""
  },
  {
   "id": "Q13",
   "type": "multi",
   "zh": "过去一年，您参加过哪些小区事务？（可多选）",
   "en": "Which of these did you take part in over the past year? (several)",
   "items": [
    "5.1"
   ],
   "options": [
    {
     "code": "VOTE",
     "zh": "业主大会表决",
     "en": "Vote of the owners'' assembly"
    },
    {
     "code": "MEET",
     "zh": "议事协商会",
     "en": "Consultation meeting"
    },
    {
     "code": "OPIN",
     "zh": "意见征集或问卷",
     "en": "Opinion collection or survey"
    },
    {
     "code": "VOL",
     "zh": "志愿或公益活动",
     "en": "Volunteering"
    },
    {
     "code": "NONE",
     "zh": "都没有",
     "en": "None",
     "exclusive": true
    }
   ],
   "show_if": null,
   "required": false,
   "note": ""
  },
  {
   "id": "Q14",
   "type": "multi",
   "zh": "过去三个月，您在小区见到过哪些情况？（可多选）",
   "en": "Which of these did you see in the compound in the past three months? (several)",
   "items": [
    "5.2",
    "5.3",
    "5.4",
    "5.5"
   ],
   "options": [
    {
     "code": "FIRE",
     "zh": "占用、堵塞消防通道",
     "en": "Fire lane blocked"
    },
    {
     "code": "THROW",
     "zh": "高空抛物",
     "en": "Objects thrown from height"
    },
    {
     "code": "WASTE",
     "zh": "垃圾混投、未分类",
     "en": "Waste not sorted"
    },
    {
     "code": "STRUCT",
     "zh": "擅自拆改承重墙",
     "en": "Load-bearing wall altered"
    },
    {
     "code": "NONE",
     "zh": "都没有见到",
     "en": "None of these",
     "exclusive": true
    },
    {
     "code": "DK",
     "zh": "不清楚",
     "en": "Not sure",
     "exclusive": true
    }
   ],
   "show_if": null,
   "required": false,
   "note": ""
  },
  {
   "id": "Q15",
   "type": "single",
   "zh": "过去一年，您遇到过物业乱收费或损害业主利益的情况吗？",
   "en": "In the past year did you meet arbitrary charges or harm to owners'' interests?",
   "items": [
    "6.5",
    "6.6"
   ],
   "options": [
    {
     "code": "N",
     "zh": "没有",
     "en": "No"
    },
    {
     "code": "Y",
     "zh": "有（可在下一题说明）",
     "en": "Yes (explain below)"
    },
    {
     "code": "DK",
     "zh": "不清楚",
     "en": "Not sure"
    }
   ],
   "show_if": null,
   "required": false,
   "note": "a lead for inspection, never a veto by itself"
  },
  {
   "id": "Q16",
   "type": "text",
   "zh": "您最希望改进的一件事，或想说的话（选填，200字内）",
   "en": "What should improve first, or anything you want to say (optional, up to 200 characters)",
   "items": [
    "3.9"
   ],
   "options": [],
   "show_if": null,
   "required": false,
   "note": "",
   "role": "comment"
  }
 ],
 "sections": [
  {
   "id": "core",
   "zh": "先请回答这几题",
   "en": "First",
   "questions": [
    "S1",
    "S2",
    "Q1"
   ]
  },
  {
   "id": "service",
   "zh": "日常服务（选填）",
   "en": "Daily services (optional)",
   "questions": [
    "Q2",
    "Q3",
    "Q4",
    "Q5",
    "Q6",
    "Q7"
   ]
  },
  {
   "id": "response",
   "zh": "报修与反馈（选填）",
   "en": "Requests and feedback (optional)",
   "questions": [
    "Q8",
    "Q8b",
    "Q9",
    "Q10"
   ]
  },
  {
   "id": "together",
   "zh": "共建共治（选填）",
   "en": "Living together (optional)",
   "questions": [
    "Q11",
    "Q12",
    "Q13",
    "Q14",
    "Q15",
    "Q16"
   ]
  }
 ]
}');
INSERT INTO campaigns (id, activity, name, owner, stage, admission, feedback, opens, closes, questionnaire, margin_full, margin_provisional, asker, phone, demonstration, added, enrolled, secret) VALUES (2109954972407, 33356426324893, '2026年业主满意度调查', 20756160421558, 'sealed', 'room', 0, 1788224400000, 1789092000000, 9300369128843, 50, 80, '晨光区住建委', '010-00000000', 0, 1788228000000, 3, NULL);
INSERT INTO campaigns (id, activity, name, owner, stage, admission, feedback, opens, closes, questionnaire, margin_full, margin_provisional, asker, phone, demonstration, added, enrolled, secret) VALUES (28830031604134, 33356426324893, '第二轮', 20756160421558, 'open', 'room', 0, 1788224400000, 1789092000000, 9300369128843, 50, 80, '晨光区住建委', '010-00000000', 0, 1788228000000, 3, X'4f20b3a7aadf84d4694c0a63404763eeff7cbef6680c2db2ea2aba67ad4858b9230f613b4a725e07fb6c5e545d4d4ba86aec47c97b3ddc54219ef88d');
INSERT INTO enrolments (campaign, project, tag, households, occupied, group_homes, buildings) VALUES (2109954972407, 6757342506617, 17517646, 81, 60, '40 30 11', '[{"i":"8HEHX5Q91","n":"1号楼","u":2,"h":40,"g":1},{"i":"82DYW7ZXJ","n":"2号楼","u":2,"h":30,"g":2},{"i":"ZG0FQGTRM","n":"3号楼","u":1,"h":6,"g":3},{"i":"CJFJ7ZEDC","n":"4号楼","u":1,"h":5,"g":3}]');
INSERT INTO enrolments (campaign, project, tag, households, occupied, group_homes, buildings) VALUES (2109954972407, 14825763458653, 9677440, 20, NULL, '20', '[{"i":"VACA2PAZS","n":"甲楼","u":0,"h":20,"g":1}]');
INSERT INTO enrolments (campaign, project, tag, households, occupied, group_homes, buildings) VALUES (2109954972407, 29566122731500, 30421781, 12, NULL, '12', '[{"i":"QHTTXG02X","n":"1号楼","u":1,"h":12,"g":1}]');
INSERT INTO enrolments (campaign, project, tag, households, occupied, group_homes, buildings) VALUES (28830031604134, 6757342506617, 14431864, 81, 60, '40 30 11', '[{"i":"8HEHX5Q91","n":"1号楼","u":2,"h":40,"g":1},{"i":"82DYW7ZXJ","n":"2号楼","u":2,"h":30,"g":2},{"i":"ZG0FQGTRM","n":"3号楼","u":1,"h":6,"g":3},{"i":"CJFJ7ZEDC","n":"4号楼","u":1,"h":5,"g":3}]');
INSERT INTO enrolments (campaign, project, tag, households, occupied, group_homes, buildings) VALUES (28830031604134, 14825763458653, 7774800, 20, NULL, '20', '[{"i":"VACA2PAZS","n":"甲楼","u":0,"h":20,"g":1}]');
INSERT INTO enrolments (campaign, project, tag, households, occupied, group_homes, buildings) VALUES (28830031604134, 29566122731500, 2485770, 12, NULL, '12', '[{"i":"QHTTXG02X","n":"1号楼","u":1,"h":12,"g":1}]');
INSERT INTO posters (code, campaign, project, building, retired) VALUES ('0ATXFTAX', 2109954972407, 14825763458653, 30043634609145, 0);
INSERT INTO posters (code, campaign, project, building, retired) VALUES ('6N9AHX17', 2109954972407, 6757342506617, 8879807397810, 0);
INSERT INTO posters (code, campaign, project, building, retired) VALUES ('772Z8H93', 2109954972407, 6757342506617, 34635144260372, 0);
INSERT INTO posters (code, campaign, project, building, retired) VALUES ('B4N82PAX', 2109954972407, 29566122731500, 25901703626845, 0);
INSERT INTO posters (code, campaign, project, building, retired) VALUES ('B5VJMDPZ', 2109954972407, 6757342506617, 13829333301676, 0);
INSERT INTO posters (code, campaign, project, building, retired) VALUES ('BQQ4QQ3K', 2109954972407, 6757342506617, 9395841981729, 0);
INSERT INTO posters (code, campaign, project, building, retired) VALUES ('CZ4FRDPM', 28830031604134, 14825763458653, 30043634609145, 0);
INSERT INTO posters (code, campaign, project, building, retired) VALUES ('MTGRKN2R', 28830031604134, 6757342506617, 13829333301676, 0);
INSERT INTO posters (code, campaign, project, building, retired) VALUES ('N769DDSF', 28830031604134, 6757342506617, 8879807397810, 0);
INSERT INTO posters (code, campaign, project, building, retired) VALUES ('NWJ53ZEM', 28830031604134, 6757342506617, 9395841981729, 0);
INSERT INTO posters (code, campaign, project, building, retired) VALUES ('S4YYMKHQ', 28830031604134, 29566122731500, 25901703626845, 0);
INSERT INTO posters (code, campaign, project, building, retired) VALUES ('YD573TFW', 28830031604134, 6757342506617, 34635144260372, 0);
INSERT INTO claims (campaign, project, base, claim, refused) VALUES (2109954972407, 6757342506617, 1, X'0a474a20a1772092012037120f676499', 0);
INSERT INTO claims (campaign, project, base, claim, refused) VALUES (2109954972407, 6757342506617, 1, X'0b0828248ee86e8c0f7bfd3d9958bc30', 0);
INSERT INTO claims (campaign, project, base, claim, refused) VALUES (2109954972407, 6757342506617, 1, X'15ed2ca1241ae9196089cf4b98a5b629', 0);
INSERT INTO claims (campaign, project, base, claim, refused) VALUES (2109954972407, 6757342506617, 1, X'520f1795200922c384edd39adc55397f', 0);
INSERT INTO claims (campaign, project, base, claim, refused) VALUES (2109954972407, 6757342506617, 1, X'54711d25886ce7a6789c16f5aad338ed', 0);
INSERT INTO claims (campaign, project, base, claim, refused) VALUES (2109954972407, 6757342506617, 1, X'582f8ad54bf7736f866b0f8a0c10d419', 0);
INSERT INTO claims (campaign, project, base, claim, refused) VALUES (2109954972407, 6757342506617, 1, X'59da37ff8e451629169b62a8606ab7e0', 0);
INSERT INTO claims (campaign, project, base, claim, refused) VALUES (2109954972407, 6757342506617, 1, X'5f90826cfcbfa895c65cf7f6cb28fb8b', 0);
INSERT INTO claims (campaign, project, base, claim, refused) VALUES (2109954972407, 6757342506617, 1, X'6c7be2b07bf07c362e46adf91f5522cb', 0);
INSERT INTO claims (campaign, project, base, claim, refused) VALUES (2109954972407, 6757342506617, 1, X'7068b97c7e6eec9550c7ff717ffcbb14', 0);
INSERT INTO claims (campaign, project, base, claim, refused) VALUES (2109954972407, 6757342506617, 1, X'8fffe3ea4485cc2ddc5e71e7ef079e15', 1);
INSERT INTO claims (campaign, project, base, claim, refused) VALUES (2109954972407, 6757342506617, 1, X'9998639fe793e94c95628df5834a6103', 0);
INSERT INTO claims (campaign, project, base, claim, refused) VALUES (2109954972407, 6757342506617, 1, X'9b4bda06205dc9d03e5bc881b6f741eb', 0);
INSERT INTO claims (campaign, project, base, claim, refused) VALUES (2109954972407, 6757342506617, 1, X'aa768c8b5170cf839f2efba064c87f21', 0);
INSERT INTO claims (campaign, project, base, claim, refused) VALUES (2109954972407, 6757342506617, 1, X'ba9be3cea7d3a129055aea294ac9e3df', 0);
INSERT INTO claims (campaign, project, base, claim, refused) VALUES (2109954972407, 6757342506617, 1, X'bed4e22b3753ca4fbf89f281a4e25006', 0);
INSERT INTO claims (campaign, project, base, claim, refused) VALUES (2109954972407, 6757342506617, 1, X'c4c13ff2c2bdfa3dcc17843229e81c89', 0);
INSERT INTO claims (campaign, project, base, claim, refused) VALUES (2109954972407, 6757342506617, 1, X'cd1d7e869e281f0d952ebbc509190ef7', 0);
INSERT INTO claims (campaign, project, base, claim, refused) VALUES (2109954972407, 6757342506617, 1, X'de437c3c72507b1f4bf3669acca278b2', 0);
INSERT INTO claims (campaign, project, base, claim, refused) VALUES (2109954972407, 6757342506617, 1, X'f462ab90d81f259eaa6fdcd21e5812e2', 0);
INSERT INTO claims (campaign, project, base, claim, refused) VALUES (2109954972407, 6757342506617, 1, X'fc440e251403e0d3077a1516c655a15b', 0);
INSERT INTO claims (campaign, project, base, claim, refused) VALUES (2109954972407, 6757342506617, 2, X'0a474a20a1772092012037120f676499', 0);
INSERT INTO claims (campaign, project, base, claim, refused) VALUES (2109954972407, 6757342506617, 2, X'0b0828248ee86e8c0f7bfd3d9958bc30', 0);
INSERT INTO claims (campaign, project, base, claim, refused) VALUES (2109954972407, 6757342506617, 2, X'15ed2ca1241ae9196089cf4b98a5b629', 0);
INSERT INTO claims (campaign, project, base, claim, refused) VALUES (2109954972407, 6757342506617, 2, X'520f1795200922c384edd39adc55397f', 0);
INSERT INTO claims (campaign, project, base, claim, refused) VALUES (2109954972407, 6757342506617, 2, X'54711d25886ce7a6789c16f5aad338ed', 0);
INSERT INTO claims (campaign, project, base, claim, refused) VALUES (2109954972407, 6757342506617, 2, X'582f8ad54bf7736f866b0f8a0c10d419', 0);
INSERT INTO claims (campaign, project, base, claim, refused) VALUES (2109954972407, 6757342506617, 2, X'59da37ff8e451629169b62a8606ab7e0', 0);
INSERT INTO claims (campaign, project, base, claim, refused) VALUES (2109954972407, 6757342506617, 2, X'5f90826cfcbfa895c65cf7f6cb28fb8b', 0);
INSERT INTO claims (campaign, project, base, claim, refused) VALUES (2109954972407, 6757342506617, 2, X'6c7be2b07bf07c362e46adf91f5522cb', 0);
INSERT INTO claims (campaign, project, base, claim, refused) VALUES (2109954972407, 6757342506617, 2, X'7068b97c7e6eec9550c7ff717ffcbb14', 0);
INSERT INTO claims (campaign, project, base, claim, refused) VALUES (2109954972407, 6757342506617, 2, X'8fffe3ea4485cc2ddc5e71e7ef079e15', 1);
INSERT INTO claims (campaign, project, base, claim, refused) VALUES (2109954972407, 6757342506617, 2, X'9998639fe793e94c95628df5834a6103', 0);
INSERT INTO claims (campaign, project, base, claim, refused) VALUES (2109954972407, 6757342506617, 2, X'9b4bda06205dc9d03e5bc881b6f741eb', 0);
INSERT INTO claims (campaign, project, base, claim, refused) VALUES (2109954972407, 6757342506617, 2, X'aa768c8b5170cf839f2efba064c87f21', 0);
INSERT INTO claims (campaign, project, base, claim, refused) VALUES (2109954972407, 6757342506617, 2, X'ba9be3cea7d3a129055aea294ac9e3df', 0);
INSERT INTO claims (campaign, project, base, claim, refused) VALUES (2109954972407, 6757342506617, 2, X'bed4e22b3753ca4fbf89f281a4e25006', 0);
INSERT INTO claims (campaign, project, base, claim, refused) VALUES (2109954972407, 6757342506617, 2, X'c4c13ff2c2bdfa3dcc17843229e81c89', 0);
INSERT INTO claims (campaign, project, base, claim, refused) VALUES (2109954972407, 6757342506617, 2, X'cd1d7e869e281f0d952ebbc509190ef7', 0);
INSERT INTO claims (campaign, project, base, claim, refused) VALUES (2109954972407, 6757342506617, 2, X'de437c3c72507b1f4bf3669acca278b2', 0);
INSERT INTO claims (campaign, project, base, claim, refused) VALUES (2109954972407, 6757342506617, 2, X'f462ab90d81f259eaa6fdcd21e5812e2', 0);
INSERT INTO claims (campaign, project, base, claim, refused) VALUES (2109954972407, 6757342506617, 2, X'fc440e251403e0d3077a1516c655a15b', 0);
INSERT INTO claims (campaign, project, base, claim, refused) VALUES (2109954972407, 29566122731500, 1, X'11b3633658e21fb725418c0eda4f3f9c', 0);
INSERT INTO claims (campaign, project, base, claim, refused) VALUES (2109954972407, 29566122731500, 1, X'1ce614b88487054b73343b5749972256', 0);
INSERT INTO claims (campaign, project, base, claim, refused) VALUES (2109954972407, 29566122731500, 1, X'2af10e9850c5c7d6a32bdbcc41dc1af6', 0);
INSERT INTO claims (campaign, project, base, claim, refused) VALUES (2109954972407, 29566122731500, 1, X'39f06cdf1dd5fdf07a84d1f71865cc03', 0);
INSERT INTO claims (campaign, project, base, claim, refused) VALUES (2109954972407, 29566122731500, 1, X'3d37b63c3c45e4800a9e46c72da68d7b', 0);
INSERT INTO claims (campaign, project, base, claim, refused) VALUES (2109954972407, 29566122731500, 1, X'3eacd30123937a22fdc555e85877ffd8', 0);
INSERT INTO claims (campaign, project, base, claim, refused) VALUES (2109954972407, 29566122731500, 1, X'4716d39f1cc2eea244ea1d79725e56be', 0);
INSERT INTO claims (campaign, project, base, claim, refused) VALUES (2109954972407, 29566122731500, 1, X'579176d39eaf9d9692c92002e67de2ff', 0);
INSERT INTO claims (campaign, project, base, claim, refused) VALUES (2109954972407, 29566122731500, 1, X'5d138351823ca3c0d046ae2a89b648e0', 0);
INSERT INTO claims (campaign, project, base, claim, refused) VALUES (2109954972407, 29566122731500, 1, X'6590ffded45bd8e0d7998d026620704f', 0);
INSERT INTO claims (campaign, project, base, claim, refused) VALUES (2109954972407, 29566122731500, 1, X'7760aff729c6ef8383ba4a87b65b41e3', 0);
INSERT INTO claims (campaign, project, base, claim, refused) VALUES (2109954972407, 29566122731500, 1, X'80a415541542214df97219b3cb03bebc', 0);
INSERT INTO claims (campaign, project, base, claim, refused) VALUES (2109954972407, 29566122731500, 1, X'829f447fb9f9101715b671307b6fc50f', 0);
INSERT INTO claims (campaign, project, base, claim, refused) VALUES (2109954972407, 29566122731500, 1, X'9107656fae0a48a0f3b0c8cda69cf439', 0);
INSERT INTO claims (campaign, project, base, claim, refused) VALUES (2109954972407, 29566122731500, 1, X'93e168171ce19ec857ed1c8d37f5f833', 0);
INSERT INTO claims (campaign, project, base, claim, refused) VALUES (2109954972407, 29566122731500, 1, X'b4e5360a6900b037454189f489e8da67', 0);
INSERT INTO claims (campaign, project, base, claim, refused) VALUES (2109954972407, 29566122731500, 1, X'b77eef58c9df318dd8f33da7b01cacc6', 0);
INSERT INTO claims (campaign, project, base, claim, refused) VALUES (2109954972407, 29566122731500, 1, X'dcb53e35facb451b8e3986538667084a', 0);
INSERT INTO claims (campaign, project, base, claim, refused) VALUES (2109954972407, 29566122731500, 1, X'eb802e15aa35a0551bcaa285940057da', 0);
INSERT INTO claims (campaign, project, base, claim, refused) VALUES (2109954972407, 29566122731500, 1, X'ef801d25479bd963dea2d17f2b9d9a82', 0);
INSERT INTO claims (campaign, project, base, claim, refused) VALUES (2109954972407, 29566122731500, 2, X'11b3633658e21fb725418c0eda4f3f9c', 0);
INSERT INTO claims (campaign, project, base, claim, refused) VALUES (2109954972407, 29566122731500, 2, X'1ce614b88487054b73343b5749972256', 0);
INSERT INTO claims (campaign, project, base, claim, refused) VALUES (2109954972407, 29566122731500, 2, X'2af10e9850c5c7d6a32bdbcc41dc1af6', 0);
INSERT INTO claims (campaign, project, base, claim, refused) VALUES (2109954972407, 29566122731500, 2, X'39f06cdf1dd5fdf07a84d1f71865cc03', 0);
INSERT INTO claims (campaign, project, base, claim, refused) VALUES (2109954972407, 29566122731500, 2, X'3d37b63c3c45e4800a9e46c72da68d7b', 0);
INSERT INTO claims (campaign, project, base, claim, refused) VALUES (2109954972407, 29566122731500, 2, X'3eacd30123937a22fdc555e85877ffd8', 0);
INSERT INTO claims (campaign, project, base, claim, refused) VALUES (2109954972407, 29566122731500, 2, X'4716d39f1cc2eea244ea1d79725e56be', 0);
INSERT INTO claims (campaign, project, base, claim, refused) VALUES (2109954972407, 29566122731500, 2, X'579176d39eaf9d9692c92002e67de2ff', 0);
INSERT INTO claims (campaign, project, base, claim, refused) VALUES (2109954972407, 29566122731500, 2, X'5d138351823ca3c0d046ae2a89b648e0', 0);
INSERT INTO claims (campaign, project, base, claim, refused) VALUES (2109954972407, 29566122731500, 2, X'6590ffded45bd8e0d7998d026620704f', 0);
INSERT INTO claims (campaign, project, base, claim, refused) VALUES (2109954972407, 29566122731500, 2, X'7760aff729c6ef8383ba4a87b65b41e3', 0);
INSERT INTO claims (campaign, project, base, claim, refused) VALUES (2109954972407, 29566122731500, 2, X'80a415541542214df97219b3cb03bebc', 0);
INSERT INTO claims (campaign, project, base, claim, refused) VALUES (2109954972407, 29566122731500, 2, X'829f447fb9f9101715b671307b6fc50f', 0);
INSERT INTO claims (campaign, project, base, claim, refused) VALUES (2109954972407, 29566122731500, 2, X'9107656fae0a48a0f3b0c8cda69cf439', 0);
INSERT INTO claims (campaign, project, base, claim, refused) VALUES (2109954972407, 29566122731500, 2, X'93e168171ce19ec857ed1c8d37f5f833', 0);
INSERT INTO claims (campaign, project, base, claim, refused) VALUES (2109954972407, 29566122731500, 2, X'b4e5360a6900b037454189f489e8da67', 0);
INSERT INTO claims (campaign, project, base, claim, refused) VALUES (2109954972407, 29566122731500, 2, X'b77eef58c9df318dd8f33da7b01cacc6', 0);
INSERT INTO claims (campaign, project, base, claim, refused) VALUES (2109954972407, 29566122731500, 2, X'dcb53e35facb451b8e3986538667084a', 0);
INSERT INTO claims (campaign, project, base, claim, refused) VALUES (2109954972407, 29566122731500, 2, X'eb802e15aa35a0551bcaa285940057da', 0);
INSERT INTO claims (campaign, project, base, claim, refused) VALUES (2109954972407, 29566122731500, 2, X'ef801d25479bd963dea2d17f2b9d9a82', 0);
INSERT INTO responses (campaign, project, id, bases, grp, lane, state, reason, version, answers, receipt, change_key) VALUES (2109954972407, 6757342506617, 141767997870660585, 3, 1, 'r', 'c', '', 1, 'AAC------------00-', X'08329d98a0fcc9ad469dcc313af55c07', X'8c4788b41994bb29b969cc47bc824aa8');
INSERT INTO responses (campaign, project, id, bases, grp, lane, state, reason, version, answers, receipt, change_key) VALUES (2109954972407, 6757342506617, 698300972531260727, 3, 1, 'r', 'c', '', 1, 'AAB------------00-', X'490798562638956425ca754b4c777f37', X'2dc4bf2ccde633946a777969d0574503');
INSERT INTO responses (campaign, project, id, bases, grp, lane, state, reason, version, answers, receipt, change_key) VALUES (2109954972407, 6757342506617, 1825070384526057203, 3, 1, 'r', 'c', '', 1, 'AAD------------00-', X'1a7d97b58059e9c8be488c38d64873f4', X'1286e50024b21c572e9e9cf8f8166486');
INSERT INTO responses (campaign, project, id, bases, grp, lane, state, reason, version, answers, receipt, change_key) VALUES (2109954972407, 6757342506617, 1912488558560641017, 3, 1, 'r', 'c', '', 1, 'AAB------------00-', X'a173d0a20e61f5310475576095cb10e0', X'96d142c27babf8355f2244ff7822b0ce');
INSERT INTO responses (campaign, project, id, bases, grp, lane, state, reason, version, answers, receipt, change_key) VALUES (2109954972407, 6757342506617, 3137059657297167444, 3, 1, 'r', 'c', '', 1, 'AAC------------00-', X'232997ee2544ad23b3903b5d68b97bf8', X'201ec7f6da08ddf186cf738a9b13281d');
INSERT INTO responses (campaign, project, id, bases, grp, lane, state, reason, version, answers, receipt, change_key) VALUES (2109954972407, 6757342506617, 3683558717631576912, 3, 1, 'r', 'c', '', 1, 'AAE------------00-', X'5408eb1ed3a533721482f3b50e0f6075', X'd42321fa1941b6eca511c556027fca21');
INSERT INTO responses (campaign, project, id, bases, grp, lane, state, reason, version, answers, receipt, change_key) VALUES (2109954972407, 6757342506617, 4714760670994637585, 3, 1, 'r', 'c', '', 1, 'AAC------------00-', X'24ea54dbdaaba5db1a7319d151116296', X'74b07549783644206d3b88ff2d850568');
INSERT INTO responses (campaign, project, id, bases, grp, lane, state, reason, version, answers, receipt, change_key) VALUES (2109954972407, 6757342506617, 5269493383200842452, 3, 1, 'r', 'c', '', 1, 'AAD------------00-', X'eb072c93f8bcd1c4fde1352251d4eadb', X'f044fd6d295bbc4f565d4386d2b191eb');
INSERT INTO responses (campaign, project, id, bases, grp, lane, state, reason, version, answers, receipt, change_key) VALUES (2109954972407, 6757342506617, 5656267484882123967, 3, 1, 'r', 'c', '', 1, 'AAA------------00-', X'9d29ceb69698aa14e620d4c48ac768f5', X'6dbc0d772e58eca24a872a86c2236492');
INSERT INTO responses (campaign, project, id, bases, grp, lane, state, reason, version, answers, receipt, change_key) VALUES (2109954972407, 6757342506617, 6037908953242661983, 3, 1, 'r', 'c', '', 1, 'AAA------------00-', X'd507ad4db5c54a94079a90777f99e722', X'8cb7b3e2e7c68df402602a68a5336cd0');
INSERT INTO responses (campaign, project, id, bases, grp, lane, state, reason, version, answers, receipt, change_key) VALUES (2109954972407, 6757342506617, 6353304900913408690, 3, 1, 'r', 'c', '', 1, 'AAA------------00-', X'd2bf9749a246c762a48ef446eada08f4', X'a9cfa7539d496fc8b4ccbb4dd9559d33');
INSERT INTO responses (campaign, project, id, bases, grp, lane, state, reason, version, answers, receipt, change_key) VALUES (2109954972407, 6757342506617, 6494249056505469498, 3, 1, 'r', 'c', '', 1, 'AAB------------00-', X'e3a653f7ad89e59ae3c64e0735d09582', X'570de7f5b0c774ae091cdfe9bff318c5');
INSERT INTO responses (campaign, project, id, bases, grp, lane, state, reason, version, answers, receipt, change_key) VALUES (2109954972407, 6757342506617, 6516472617063962639, 3, 1, 'r', 'c', '', 1, 'AAC------------00-', X'1b813d17b721bbe58f620fc7467581b9', X'204c796071a46b83aad909aec6b3839c');
INSERT INTO responses (campaign, project, id, bases, grp, lane, state, reason, version, answers, receipt, change_key) VALUES (2109954972407, 6757342506617, 6863247291845377640, 3, 1, 'r', 'c', '', 1, 'AAA------------00-', X'081d3748bbecedcf4da81783d70544d2', X'ad7887dee6d2b7096654cbee4ccb5076');
INSERT INTO responses (campaign, project, id, bases, grp, lane, state, reason, version, answers, receipt, change_key) VALUES (2109954972407, 6757342506617, 7276680345393883234, 3, 1, 'r', 'c', '', 1, 'AAB------------00-', X'f6876cf489df99c36301ed96237458f8', X'8d0a1d97051e0cc9b19466688c20b94b');
INSERT INTO responses (campaign, project, id, bases, grp, lane, state, reason, version, answers, receipt, change_key) VALUES (2109954972407, 6757342506617, 7322844758253752024, 3, 1, 'r', 'c', '', 1, 'AAE------------00-', X'ac170555e5f24420efd71ec259e617f0', X'6426bd298d70c1acfb6d3e149b798469');
INSERT INTO responses (campaign, project, id, bases, grp, lane, state, reason, version, answers, receipt, change_key) VALUES (2109954972407, 6757342506617, 7404395791985429938, 3, 1, 'r', 'c', '', 1, 'AAD------------00-', X'4298ce67f6f7c34c442d527573e79397', X'db60a3d69f71e3b09f586e5944a0af8c');
INSERT INTO responses (campaign, project, id, bases, grp, lane, state, reason, version, answers, receipt, change_key) VALUES (2109954972407, 6757342506617, 7720847219571016583, 3, 1, 'r', 'c', '', 1, 'AAA------------00-', X'550450e99f44d5bfdc29337b8378156d', X'f9d81b6f44cd213fd27e3fed85710e54');
INSERT INTO responses (campaign, project, id, bases, grp, lane, state, reason, version, answers, receipt, change_key) VALUES (2109954972407, 6757342506617, 8250855284046620644, 3, 1, 'r', 'c', '', 1, 'AAE------------00-', X'b57179952873547d6e5a9112b60cb5bd', X'f65219f1bd8cb21eebd8aba58316a63c');
INSERT INTO responses (campaign, project, id, bases, grp, lane, state, reason, version, answers, receipt, change_key) VALUES (2109954972407, 6757342506617, 8628413846400833270, 3, 1, 'r', 'c', '', 1, 'AAE------------00-', X'6eee998392e8efa41e2c95d3c5d62ecf', X'f2b6660b17ad21fb5ac9f3af6ffe0125');
INSERT INTO responses (campaign, project, id, bases, grp, lane, state, reason, version, answers, receipt, change_key) VALUES (2109954972407, 6757342506617, 8674527475567124905, 3, 1, 'r', 'c', '', 1, 'AAD------------00-', X'344d291c982c6d5248eae0d61d9c531b', X'ff97da238198eeeac80ae07f59b00e61');
INSERT INTO responses (campaign, project, id, bases, grp, lane, state, reason, version, answers, receipt, change_key) VALUES (2109954972407, 29566122731500, 475467057931993289, 3, 1, 'r', 'c', '', 1, 'AAB------------00-', X'79036c5646491d51b68f5fcf4e1d74a7', X'c9695c9ef30a23ee19c33dc63f780f47');
INSERT INTO responses (campaign, project, id, bases, grp, lane, state, reason, version, answers, receipt, change_key) VALUES (2109954972407, 29566122731500, 508361708206194812, 3, 1, 'r', 'c', '', 1, 'AAE------------00-', X'a2464d79c35d2eb0e4b80d3ab95c8cfd', X'eb2326d03e7257c919702162020fd6b9');
INSERT INTO responses (campaign, project, id, bases, grp, lane, state, reason, version, answers, receipt, change_key) VALUES (2109954972407, 29566122731500, 646841339913383360, 3, 1, 'r', 'c', '', 1, 'AAD------------00-', X'bea6e06f2c7891a979d453d18ad6bd37', X'7b14dcfd43571eb6658f21a93124054f');
INSERT INTO responses (campaign, project, id, bases, grp, lane, state, reason, version, answers, receipt, change_key) VALUES (2109954972407, 29566122731500, 757041168096888162, 3, 1, 'r', 'c', '', 1, 'AAD------------00-', X'31dfaa3c2a09a5d57643c23a060e65fc', X'4ac15150ae2dbdea216dbfb82f273880');
INSERT INTO responses (campaign, project, id, bases, grp, lane, state, reason, version, answers, receipt, change_key) VALUES (2109954972407, 29566122731500, 906913645217630506, 3, 1, 'r', 'c', '', 1, 'AAE------------00-', X'8f5436ae8c8b9859853651c5f4104016', X'545c88670563ec7168f3c3887157e8a7');
INSERT INTO responses (campaign, project, id, bases, grp, lane, state, reason, version, answers, receipt, change_key) VALUES (2109954972407, 29566122731500, 1227184136208529151, 3, 1, 'r', 'h', 'over_households', 1, 'AAE------------00-', X'dfcfbc6253597954dc7fef29e107b8c1', X'fc683e5b6f60112431c296812909beb7');
INSERT INTO responses (campaign, project, id, bases, grp, lane, state, reason, version, answers, receipt, change_key) VALUES (2109954972407, 29566122731500, 1725944564056306025, 3, 1, 'r', 'c', '', 1, 'AAD------------00-', X'5ee26bef2a4bd36c78b6b6dd037f93ba', X'3dafa8f8d99ad99e40c393d012339923');
INSERT INTO responses (campaign, project, id, bases, grp, lane, state, reason, version, answers, receipt, change_key) VALUES (2109954972407, 29566122731500, 2769585852548795253, 3, 1, 'r', 'h', 'over_households', 1, 'AAD------------00-', X'7fcc60c4801f5f6e299594cd8e24acf1', X'42ea6cce6fed42658c1b46601ae6d855');
INSERT INTO responses (campaign, project, id, bases, grp, lane, state, reason, version, answers, receipt, change_key) VALUES (2109954972407, 29566122731500, 3253190346544357106, 3, 1, 'r', 'h', 'over_households', 1, 'AAA------------00-', X'abdb1b230b04b5eadf3e2c4dad6b93fd', X'a5da3a9dc4cc505d60b21119d8676a10');
INSERT INTO responses (campaign, project, id, bases, grp, lane, state, reason, version, answers, receipt, change_key) VALUES (2109954972407, 29566122731500, 3339754503182273910, 3, 1, 'r', 'h', 'over_households', 1, 'AAB------------00-', X'0f662674fb9c6380003f60955c72805e', X'8750bc092d70220dc0817e716e15271f');
INSERT INTO responses (campaign, project, id, bases, grp, lane, state, reason, version, answers, receipt, change_key) VALUES (2109954972407, 29566122731500, 4828546501375433850, 3, 1, 'r', 'h', 'over_households', 1, 'AAC------------00-', X'0d918312d0774a3153b45b20d6bc2235', X'b61c3cda222b5a56b4a639fd341a24f6');
INSERT INTO responses (campaign, project, id, bases, grp, lane, state, reason, version, answers, receipt, change_key) VALUES (2109954972407, 29566122731500, 4839863333367983746, 3, 1, 'r', 'c', '', 1, 'AAC------------00-', X'687d8745f976447d90faff898e741e9e', X'a1e8471a3bfdbcfd78a7c26d4a2cb054');
INSERT INTO responses (campaign, project, id, bases, grp, lane, state, reason, version, answers, receipt, change_key) VALUES (2109954972407, 29566122731500, 6435163313726727846, 3, 1, 'r', 'h', 'over_households', 1, 'AAA------------00-', X'157e03f547a8b9eabb22adca015cb939', X'8ccf16d2d027105df64bdc51743a7efc');
INSERT INTO responses (campaign, project, id, bases, grp, lane, state, reason, version, answers, receipt, change_key) VALUES (2109954972407, 29566122731500, 7143814767785617747, 3, 1, 'r', 'c', '', 1, 'AAB------------00-', X'bb7a20c6ecf1a122678d04483ce24ab9', X'0d44e4f1d7e82a6f3f36c504bef7b445');
INSERT INTO responses (campaign, project, id, bases, grp, lane, state, reason, version, answers, receipt, change_key) VALUES (2109954972407, 29566122731500, 7147565546332953923, 3, 1, 'r', 'c', '', 1, 'AAA------------00-', X'5ff861ecbdf945a8de9defd61ccf925a', X'd9f8d2a6891b6079d3bb22ba6f2c10ef');
INSERT INTO responses (campaign, project, id, bases, grp, lane, state, reason, version, answers, receipt, change_key) VALUES (2109954972407, 29566122731500, 7248510235578638958, 3, 1, 'r', 'h', 'over_households', 1, 'AAB------------00-', X'fb12f5e3a4b5e2771ff2d41356dd12d8', X'be2022a5561dafaee7a2cb134f892b96');
INSERT INTO responses (campaign, project, id, bases, grp, lane, state, reason, version, answers, receipt, change_key) VALUES (2109954972407, 29566122731500, 8003723755695420629, 3, 1, 'r', 'h', 'over_households', 1, 'AAC------------00-', X'471914672694c26eab3ed1be5d971633', X'111b65f3b060364212dd8eb5d222b037');
INSERT INTO responses (campaign, project, id, bases, grp, lane, state, reason, version, answers, receipt, change_key) VALUES (2109954972407, 29566122731500, 8448867062445197565, 3, 1, 'r', 'c', '', 1, 'AAC------------00-', X'415e81ad7f6efd069f3a3af54e1b298c', X'3e2bc8a6094a019e68fdbfa8a4cf78c8');
INSERT INTO responses (campaign, project, id, bases, grp, lane, state, reason, version, answers, receipt, change_key) VALUES (2109954972407, 29566122731500, 8936644016434964984, 3, 1, 'r', 'c', '', 1, 'AAE------------00-', X'a7110c71ec3b92e3444f4761e0b3ef15', X'c40c34a3f53cd8f37a203485cc99b0e2');
INSERT INTO responses (campaign, project, id, bases, grp, lane, state, reason, version, answers, receipt, change_key) VALUES (2109954972407, 29566122731500, 8953215574124064580, 3, 1, 'r', 'c', '', 1, 'AAA------------00-', X'0bc15666246725b9222d7322e7cbdd8d', X'839cc69ec32c878fa553aafd83bd4d3d');
INSERT INTO comments (campaign, project, id, text) VALUES (2109954972407, 6757342506617, 1026630362064891862, '电梯常坏，"请"修\理；it''s late');
INSERT INTO comments (campaign, project, id, text) VALUES (2109954972407, 6757342506617, 2018441391242028131, '电梯常坏，"请"修\理；it''s late');
INSERT INTO comments (campaign, project, id, text) VALUES (2109954972407, 6757342506617, 3691727404073430591, '电梯常坏，"请"修\理；it''s late');
INSERT INTO comments (campaign, project, id, text) VALUES (2109954972407, 6757342506617, 5677782005552965414, '电梯常坏，"请"修\理；it''s late');
INSERT INTO comments (campaign, project, id, text) VALUES (2109954972407, 6757342506617, 5712236567588897100, '电梯常坏，"请"修\理；it''s late');
INSERT INTO turnout_days (campaign, project, grp, day, responses) VALUES (2109954972407, 6757342506617, 1, 20260901, 21);
INSERT INTO turnout_days (campaign, project, grp, day, responses) VALUES (2109954972407, 29566122731500, 1, 20260901, 20);
INSERT INTO tallies (campaign, project, tally, shown_owner, shown_resident, changes_owner, changes_resident, refused) VALUES (2109954972407, 6757342506617, X'0101036372012a2a12010363725d2a000000002a000a08080808000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000', X'01282810282810005d280000000028000808080808000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000', X'01282810282810005d280000000028000808080808000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000', 1, 1, 2);
INSERT INTO tallies (campaign, project, tally, shown_owner, shown_resident, changes_owner, changes_resident, refused) VALUES (2109954972407, 14825763458653, X'', X'', X'', 0, 0, 0);
INSERT INTO tallies (campaign, project, tally, shown_owner, shown_resident, changes_owner, changes_resident, refused) VALUES (2109954972407, 29566122731500, X'01020363720118180803687201101008020363725d1800000000180004040406060000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000368725d100000000010000404040202000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000', X'01181808282810005d180000000018000404040606000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000', X'01181808282810005d180000000018000404040606000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000', 0, 0, 0);
INSERT INTO tallies (campaign, project, tally, shown_owner, shown_resident, changes_owner, changes_resident, refused) VALUES (28830031604134, 6757342506617, X'', X'', X'', 0, 0, 0);
INSERT INTO tallies (campaign, project, tally, shown_owner, shown_resident, changes_owner, changes_resident, refused) VALUES (28830031604134, 14825763458653, X'', X'', X'', 0, 0, 0);
INSERT INTO tallies (campaign, project, tally, shown_owner, shown_resident, changes_owner, changes_resident, refused) VALUES (28830031604134, 29566122731500, X'', X'', X'', 0, 0, 0);
INSERT INTO snapshots (campaign, number, meta) VALUES (2109954972407, 1, '{"campaign":"1XD1HVPQQ","number":1,"at":"2026-09-01T02:00:00Z","rules_version":"2023.1","questionnaire":"2023.1","admission":"room","margins":{"Full":50,"Provisional":80},"reason":"按工作安排办理"}');
INSERT INTO sealed_projects (campaign, number, project, data) VALUES (2109954972407, 1, 6757342506617, '{"project":"64N8FZVKS","name":"晨光花园","owner_homes":81,"resident_homes":60,"counts":[{"state":"counted","base":1,"lane":"room","responses":21,"answered":21,"satisfied":9},{"state":"counted","base":2,"lane":"room","responses":21,"answered":21,"satisfied":9}],"owner":{"item_1_1":"NOT_ASSESSABLE","veto_6_1":"UNDETERMINED"},"resident":{"item_1_1":"NOT_ASSESSABLE","veto_6_1":"UNDETERMINED"},"owner_with_held":{"item_1_1":"NOT_ASSESSABLE","veto_6_1":"UNDETERMINED"},"undecided":0,"claims":42,"refused":2,"contested":false}');
INSERT INTO sealed_projects (campaign, number, project, data) VALUES (2109954972407, 1, 14825763458653, '{"project":"DFFJ5TKJX","name":"银杏里","owner_homes":20,"resident_homes":20,"counts":null,"owner":{"item_1_1":"NOT_ASSESSABLE","veto_6_1":"UNDETERMINED"},"resident":{"item_1_1":"NOT_ASSESSABLE","veto_6_1":"UNDETERMINED"},"owner_with_held":{"item_1_1":"NOT_ASSESSABLE","veto_6_1":"UNDETERMINED"},"undecided":0,"claims":0,"refused":0,"contested":false}');
INSERT INTO sealed_projects (campaign, number, project, data) VALUES (2109954972407, 1, 29566122731500, '{"project":"TWFK3W9ZC","name":"紫藤苑","owner_homes":12,"resident_homes":12,"counts":[{"state":"counted","base":1,"lane":"room","responses":12,"answered":12,"satisfied":4},{"state":"counted","base":2,"lane":"room","responses":12,"answered":12,"satisfied":4},{"state":"held","base":1,"lane":"room","responses":8,"answered":8,"satisfied":4},{"state":"held","base":2,"lane":"room","responses":8,"answered":8,"satisfied":4}],"owner":{"item_1_1":"NOT_MET_CLEAR","veto_6_1":"VETO_CLEAR"},"resident":{"item_1_1":"NOT_MET_CLEAR","veto_6_1":"VETO_CLEAR"},"owner_with_held":{"item_1_1":"NOT_ASSESSABLE","veto_6_1":"UNDETERMINED"},"undecided":8,"claims":40,"refused":0,"contested":false}');
