"""The constructions that must work (spec §5), each in sentences of our own: text, records, why it is here."""

from __future__ import annotations

from decimal import Decimal

import pytest

from govextract.model import Record
from govextract.parse import parse_document
from govextract.read import make_document
from govextract.rulebook import Rulebook

Row = tuple[str, list[str], str]


def brief(r: Record) -> str:
    """A record in one line: indicator, measure, value, unit, then only what is not plain."""
    value = "null" if r.value is None else f"{r.value:f}"
    high = "" if r.value_max is None else f"—{r.value_max:f}"
    parts = [f"{r.indicator} {r.measure} {value}{high} {r.unit or 'null'}"]
    parts += [r.bound] if r.bound != "exact" else []
    parts += [f"basis={r.basis}"] if r.basis not in (None, "yoy") else []
    parts += [f"action={r.action}"] if r.action else []
    parts += [r.status] if r.status != "actual" else []
    for c in r.comparisons:
        number = "null" if c.value is None else f"{c.value:f} {c.unit}"
        parts.append(f"[{c.relation} {c.object} {number}]")
    return " ".join(parts)


TABLE: list[Row] = [
    # 1 respectively
    (
        "对“一带一路”沿线国家、东盟、俄罗斯出口同比分别增长20.8%、31.4%、63.5%。",
        [
            "对“一带一路”沿线国家出口 growth 20.8 %",
            "对东盟出口 growth 31.4 %",
            "对俄罗斯出口 growth 63.5 %",
        ],
        "respectively, with a prefix",
    ),
    (
        "农业、工业、服务业增加值增长3.1%、6.4%和5.9%。",
        ["农业增加值 growth 3.1 %", "工业增加值 growth 6.4 %", "服务业增加值 growth 5.9 %"],
        "lists that merely align",
    ),
    (
        "全市接待游客1.72亿人次，实现旅游总花费1755亿元，分别同比增长7.6%、10.6%。",
        [
            "接待游客 level 1.72 亿人次",
            "旅游总花费 level 1755 亿元 action=实现",
            "接待游客 growth 7.6 %",
            "旅游总花费 growth 10.6 %",
        ],
        "a list that looks back",
    ),
    (
        "一般公共预算收入、税收收入分别增长5.7%、14.5%，分别高于全国平均水平1.2个、2.4个百分点。",
        [
            "一般公共预算收入 growth 5.7 % [高于 全国平均水平 1.2 个百分点]",
            "税收收入 growth 14.5 % [高于 全国平均水平 2.4 个百分点]",
        ],
        "comparisons in parallel, a shared unit",
    ),
    (
        "粮食、油料产量分别增长2%和下降1%。",
        ["粮食产量 growth 2 %", "油料产量 growth -1 %"],
        "a list that flips its sign",
    ),
    # 2 carried subject
    (
        "机场旅客吞吐量同比增长12.9%，全国排名第6位。",
        ["机场旅客吞吐量 growth 12.9 % [排名 全国 6 位]"],
        "a rank behind its region",
    ),
    (
        "空气质量优良天数达163天、同比增加6天。",
        ["空气质量优良天数 level 163 天", "空气质量优良天数 change 6 天"],
        "a change of the same",
    ),
    (
        "地区生产总值迈上3万亿元新台阶，增长6.1%。",
        ["地区生产总值 level 3 万亿元 at_least", "地区生产总值 growth 6.1 %"],
        "a new step, then its growth",
    ),
    (
        "钢铁、水泥、玻璃产业投资增速均超过20%。",
        [f"{name}产业投资 growth 20 % more_than" for name in ("钢铁", "水泥", "玻璃")],
        "one value over a list",
    ),
    # 3 of which
    (
        "居民人均可支配收入增长5.2%，其中城镇增长4.6%、农村增长6.7%。",
        [
            "居民人均可支配收入 growth 5.2 %",
            "城镇居民人均可支配收入 growth 4.6 %",
            "农村居民人均可支配收入 growth 6.7 %",
        ],
        "a part takes the whole's name",
    ),
    # 4 shared subject
    (
        "横向补偿森林面积39.6万亩、9.9亿元。",
        ["横向补偿森林面积 level 39.6 万亩", "横向补偿森林金额 level 9.9 亿元"],
        "two quantities of one subject",
    ),
    # 5 number before noun
    (
        "培育形成3个国家级产业集群、4个省级产业集群。",
        ["国家级产业集群 level 3 个 action=培育形成", "省级产业集群 level 4 个 action=培育形成"],
        "counted nouns",
    ),
    ("引进300余家龙头企业。", ["龙头企业 level 300 家 more_than action=引进"], "余 before a noun"),
    # 6 ranges and vague numbers
    ("地区生产总值增长5%—6%。", ["地区生产总值 growth 5—6 %"], "a range"),
    ("培训基层干部7千余名。", ["基层干部 level 7 千名 more_than action=培训"], "千余"),
    ("技术合同成交额近33亿元。", ["技术合同成交额 level 33 亿元 about"], "近"),
    ("快递业务量超1800万件。", ["快递业务量 level 1800 万件 more_than"], "超"),
    ("工业增加值增长百分之六点一。", ["工业增加值 growth 6.1 %"], "百分之"),
    ("新能源汽车产量占比三成。", ["新能源汽车产量占比 share 3 成"], "tenths"),
    ("举办数十个展会。", [], "数十个 is no value"),
    ("高技术产业保持两位数增长。", [], "两位数增长 is no value"),
    # 7 broken typography
    ("工业增加值增长６．１％。", ["工业增加值 growth 6.1 %"], "full-width figures"),
    ("工业增加值增长**6.1%**。", ["工业增加值 growth 6.1 %"], "bold"),
    ("新建厂房**4186**万平方米。", ["厂房 level 4186 万平方米 action=新建"], "bold inside a quantity"),
    ("社会消费品零售总额 1,234.5 亿元。", ["社会消费品零售总额 level 1234.5 亿元"], "blanks, thousands"),
    (
        "工业增加值增长6.1%,固定资产投资下降2%.",
        ["工业增加值 growth 6.1 %", "固定资产投资 growth -2 %"],
        "half-width",
    ),
    # 8 impossible figures stay as printed
    ("经济总量40366万亿元。", ["经济总量 level 40366 万亿元"], "an impossible figure"),
    # the other measures and traps
    (
        "城镇新增就业42.4万人，同比增长3.5%，完成年度目标的70.7%。",
        ["城镇新增就业 level 42.4 万人 [完成 年度目标 70.7 %]", "城镇新增就业 growth 3.5 %"],
        "a completion hangs on the amount",
    ),
    (
        "工业投资增长9.2%，高于全国3.1个百分点，居全省第2位。",
        ["工业投资 growth 9.2 % [高于 全国 3.1 个百分点] [居 全省 2 位]"],
        "two comparisons on one record",
    ),
    (
        "银行业不良率优于全国平均水平。",
        ["银行业不良率 qualitative null null [优于 全国平均水平 null]"],
        "words alone",
    ),
    ("高速公路里程居西部第一。", ["高速公路里程 rank 1 位 [居 西部 1 位]"], "a rank alone"),
    ("营商环境满意度居全国前列。", ["营商环境满意度 qualitative null null [居 全国前列 null]"], "前列"),
    ("规模以上工业利润降幅收窄2.9个百分点。", ["规模以上工业利润降幅 change -2.9 个百分点"], "降幅收窄"),
    ("外贸逆差缩小12.5%。", ["外贸逆差 growth -12.5 %"], "逆差缩小"),
    (
        "粮食产量由120万吨增加到135万吨。",
        ["粮食产量 level 120 万吨", "粮食产量 level 135 万吨"],
        "from A to B",
    ),
    (
        "三次产业结构调整为9.1:37.6:53.3。",
        [
            "第一产业增加值占地区生产总值的比重 share 9.1 %",
            "第二产业增加值占地区生产总值的比重 share 37.6 %",
            "第三产业增加值占地区生产总值的比重 share 53.3 %",
        ],
        "a ratio chain is no clock time",
    ),
    ("居民消费价格涨幅控制在3%左右。", ["居民消费价格 growth 3 % about"], "左右"),
    ("参保率稳定在95%以上。", ["参保率 level 95 % at_least"], "以上"),
    (
        "不良贷款率比年初下降0.3个百分点。",
        ["不良贷款率 change -0.3 个百分点 basis=ytd"],
        "since the year began",
    ),
    ("进出口总额增长1.5倍。", ["进出口总额 growth 1.5 倍"], "growth in times"),
    ("5000人以上大型演出28场次。", ["5000人以上大型演出 level 28 场次"], "a threshold in a name"),
    ("每千人口托位数达4.05个。", ["每千人口托位数 level 4.05 个"], "每千 is no value"),
    ("PM2.5平均浓度为31微克/立方米。", ["PM2.5平均浓度 level 31 微克/立方米"], "PM2.5 is no value"),
    ("新建5A级景区3家，开通6号线。", ["5A级景区 level 3 家 action=新建"], "grades and lines"),
    ("2024年7月29日，召开第十次会议。", [], "dates and ordinals"),
    (
        "战略性新兴产业占工业比重提高到28.6%。",
        ["战略性新兴产业占工业比重 share 28.6 %"],
        "略 of 战略性 is no adverb",
    ),
    (
        "第三产业对经济增长的贡献率为58%，拉动经济增长3.1个百分点。",
        ["第三产业 contribution 58 %", "第三产业 contribution 3.1 个百分点"],
        "a contribution carries its subject",
    ),
    (
        "消费对经济增长的贡献率为62.4%。",
        ["消费 contribution 62.4 %"],
        "the catalogue's name hides the contribution",
    ),
    ("较年初增加贷款320亿元。", ["贷款 change 320 亿元 basis=ytd action=增加"], "a verb before its noun, with a base"),
    ("森林覆盖率全省排名第1位。", ["森林覆盖率 rank 1 位 [排名 全省 1 位]"], "a rank behind name and region"),
    (
        "居民消费价格上涨2.1%，低于预期目标0.9个百分点。",
        ["居民消费价格 growth 2.1 % [低于 预期目标 0.9 个百分点]"],
        "a goal that it is compared with is no aim",
    ),
    (
        "全年培育300余家种植企业。",
        ["种植企业 level 300 家 more_than action=培育"],
        "种植 in a noun is no verb",
    ),
    # how far a counted noun reaches
    ("8条城市道路全线贯通。", ["城市道路 level 8 条 action=贯通"], "an adverb ends a noun"),
    ("20个村庄实施环境整治。", ["村庄 level 20 个 action=实施"], "a verb whose object ends the clause"),
    ("新建12个资源整合提升项目。", ["资源整合提升项目 level 12 个 action=新建"], "verbs inside a noun"),
    ("15个项目成功签约。", ["签约项目 level 15 个 action=签约"], "a general noun takes its predicate"),
    ("6家企业入选全国百佳名录。", ["入选全国百佳名录企业 level 6 家 action=入选"], "membership names the counted"),
    ("为300户老年人家庭实施适老化改造。", ["老年人家庭适老化改造 level 300 户 action=实施"], "done for whom"),
    ("推进40个示范园区建设。", ["示范园区 level 40 个 action=推进"], "建设 is what is done"),
    # verbs
    ("新建和改造提升高标准农田30万亩。", ["高标准农田 level 30 万亩 action=新建和改造提升"], "two verbs"),
    ("大力推广节水灌溉12万亩。", ["节水灌溉 level 12 万亩 action=推广"], "an adverb is no action"),
    (
        "盘活土地2.4万亩、房产60万平方米。",
        ["土地 level 2.4 万亩 action=盘活", "房产 level 60 万平方米 action=盘活"],
        "a shared verb",
    ),
    ("省直部门共清理规章23件。", ["规章 level 23 件 action=清理"], "共 between who and what"),
    (
        "发放消费券3亿元，带动消费45亿元。",
        ["消费券 level 3 亿元 action=发放", "带动消费 level 45 亿元 action=带动"],
        "brought about",
    ),
    ("带动工业投资增长10%。", ["工业投资 growth 10 % action=带动"], "what is brought about grows"),
    # lists
    (
        "单位地区生产总值能耗、用水量分别下降3%、4.2%。",
        ["单位地区生产总值能耗 growth -3 %", "单位地区生产总值用水量 growth -4.2 %"],
        "an intensity holds for every member",
    ),
    (
        "规模以上工业增加值、服务业增加值分别增长7.1%、4.8%。",
        ["规模以上工业增加值 growth 7.1 %", "服务业增加值 growth 4.8 %"],
        "names that are whole keep their qualifier",
    ),
    (
        "新建商品房销售面积环比、同比分别增长5%、3%。",
        ["新建商品房销售面积 growth 5 % basis=mom", "新建商品房销售面积 growth 3 %"],
        "a basis for each value",
    ),
    ("推进200个投资超亿元的文旅项目。", ["投资超亿元的文旅项目 level 200 个 action=推进"], "a bound in an attribute"),
    ("总结甲州、乙州、丙州3个市州经验。", [], "an apposition counts its members"),
    (
        "新登记企业增长2%，平均每天新增0.4万户。",
        ["新登记企业 growth 2 %", "新登记企业 change 0.4 万户/日 action=新增"],
        "a day's share",
    ),
    (
        "加快建设50个重大项目和20个民间投资项目。",
        ["重大项目 level 50 个 action=加快建设", "民间投资项目 level 20 个 action=加快建设"],
        "和 between two counted nouns",
    ),
    (
        "职工、居民住院报销比例分别提高至82.1%、64.3%。",
        ["职工住院报销比例 share 82.1 %", "居民住院报销比例 share 64.3 %"],
        "members that share all behind the last",
    ),
    (
        "生产安全事故起数、死亡人数分别下降21.5%、9.4%。",
        ["生产安全事故起数 growth -21.5 %", "生产安全事故死亡人数 growth -9.4 %"],
        "whose attributes they are",
    ),
    (
        "生活垃圾、城市污水处理能力不断提高，处理率分别达到95%、80%。",
        ["生活垃圾处理率 level 95 %", "城市污水处理率 level 80 %"],
        "owners in the clause before",
    ),
    ("减轻企业负担12亿元。", ["减轻企业负担 level 12 亿元 action=减轻"], "what is taken away"),
    (
        "打造产业先导区、力争产业规模突破5亿元。",
        ["产业规模 level 5 亿元 more_than target"],
        "two predicates, not two names",
    ),
    (
        "经营主体净增8万户、突破90万户，总量均居全省第一。",
        ["经营主体 change 8 万户 action=净增", "经营主体 level 90 万户 more_than [居 全省 1 位]"],
        "a total speaks of amounts",
    ),
    (
        "农业支出4亿元，比前五年累计增加1亿元。",
        ["农业支出 level 4 亿元", "农业支出 change 1 亿元 basis=prior:前五年 action=累计"],
        "前五年",
    ),
    ("建立年综合能耗3000吨标准煤及以上用能单位台账。", [], "a bound inside a noun"),
    ("代表团夺得3金5银2铜。", [], "medals"),
    ("研发投入强度再创新高，达到1.94%。", ["研发投入强度 level 1.94 %"], "what opens the clause before"),
    (
        "加大保障性住房建设力度，今年新开工700万套。",
        ["保障性住房 level 700 万套 action=新开工 target"],
        "the object of the clause before",
    ),
    (
        "新增3家十亿级、17家亿级化工企业。",
        ["十亿级化工企业 change 3 家 action=新增", "亿级化工企业 change 17 家 action=新增"],
        "grades share their noun",
    ),
    ("为6万名留守儿童提供心理辅导。", ["留守儿童心理辅导 level 6 万名 action=提供"], "what is provided"),
    (
        "参合率达到96.2%，比上年增加7万人。",
        ["参合率 level 96.2 %", " change 7 万人"],
        "a rate is no number of people",
    ),
    (
        "贸易额增长11%、规模居中部第3。",
        ["贸易额 growth 11 %", "贸易规模 rank 3 位 [居 中部 3 位]"],
        "a size is no growth",
    ),
    (
        "建成实训基地14个和特教学校3所。",
        ["实训基地 level 14 个 action=建成", "特教学校 level 3 所"],
        "和 before a noun with its own figure",
    ),
    ("桑河流域（9个）。", ["桑河流域 level 9 个"], "a count in brackets"),
    ("投资1.3亿元，实施城区供水工程。", ["城区供水工程投资 level 1.3 亿元"], "money and what it was for"),
    ("投资2亿元的客运总站投入使用。", ["客运总站投资 level 2 亿元"], "money, 的 and what it was for"),
    ("完成投资3亿元，增长5%。", ["完成投资 level 3 亿元", "完成投资 growth 5 %"], "a growth is no purpose"),
    ("新签约项目214个。", ["新签约项目 level 214 个 action=新签约"], "a general noun keeps its verb"),
    ("在15个县建设高产示范片100个。", ["县 level 15 个", "高产示范片 level 100 个 action=建设"], "places behind 在"),
    ("提请市人大常委会审议地方性法规7件。", ["地方性法规 level 7 件 action=审议"], "a verb inside"),
    ("车站与码头80米内换乘比例达到71%。", ["车站与码头80米内换乘比例 share 71 %"], "a distance inside a name"),
    ("城乡居民收入比缩小至2.17:1。", ["城乡居民收入比 level 2.17 null"], "a ratio to one is a level"),
    ("升级50家智能驿站的服务功能。", ["智能驿站 level 50 家 action=升级"], "what counted things have"),
    (
        "牛奶、牛羊肉市场占有率稳居全国首位。",
        ["牛奶市场占有率 rank 1 位 [稳居 全国 1 位]", "牛羊肉市场占有率 rank 1 位 [稳居 全国 1 位]"],
        "a rank over a list",
    ),
    # 6 what unseen bulletins and communiqués say
    (
        "财政支出2.4亿元，比上年增支1200万元，增长5.2%。",
        ["财政支出 level 2.4 亿元", "财政支出 change 1200 万元", "财政支出 growth 5.2 %"],
        "more and less revenue as a change",
    ),
    (
        "前五个月收入完成2.4亿元，完成年初预算数6亿元的40%。",
        ["收入 level 2.4 亿元 [完成 年初预算数 40 %]", "收入年初预算数 level 6 亿元 target"],
        "a goal's own amount inside the ratio to it",
    ),
    (
        "对东盟、欧盟进出口均明显增长，分别增长31.6%、5.9%。",
        ["对东盟进出口 growth 31.6 %", "对欧盟进出口 growth 5.9 %"],
        "a list in the clause before",
    ),
    (
        "信息服务业、科技服务业等现代服务业增势较好，营业收入分别增长21.4%、13.9%。",
        ["信息服务业营业收入 growth 21.4 %", "科技服务业营业收入 growth 13.9 %"],
        "an attribute of a list in the clause before",
    ),
    (
        "医联体建设加快，50%以上村卫生室实现一体化管理。",
        ["村卫生室实现一体化管理占比 share 50 % at_least"],
        "a share at the head of a clause",
    ),
    (
        "新能源汽车产量占全国近1/6。",
        ["新能源汽车产量占全国的比重 share 16.67 % about"],
        "a fraction in digits",
    ),
    (
        "地区生产总值增长12.8%，比一季度回落4.8个百分点；两年平均增长6%。",
        [
            "地区生产总值 growth 12.8 %",
            "地区生产总值增速 change -4.8 个百分点 basis=prior:一季度",
            "地区生产总值 growth 6 % basis=prior:两年平均",
        ],
        "what grows behind its growth rate",
    ),
    (
        "设立总规模50亿元的产业母基金。",
        ["产业母基金总规模 level 50 亿元 action=设立"],
        "an attribute whose owner stands behind 的",
    ),
    (
        "6个试点城市开工建设安置住房7.4万套。",
        ["试点城市 level 6 个", "住房 level 7.4 万套 action=开工建设"],
        "a counted subject with an amount of its own",
    ),
    (
        "6.1万户14.2万名监测对象消除风险。",
        ["监测对象消除风险 level 6.1 万户", "监测对象消除风险 level 14.2 万名"],
        "two counts of one noun",
    ),
    (
        "铜矿产量达3万吨，由全省第11位升至第5位。",
        ["铜矿产量 level 3 万吨", "铜矿产量 rank 11 位 [居 全省 11 位]", "铜矿产量 rank 5 位 [居 全省 5 位]"],
        "ranks of the last subject",
    ),
    (
        "引进中国500强企业投资项目1个。",
        ["中国500强企业投资项目 level 1 个 action=引进"],
        "a name that begins with the country",
    ),
    (
        "签约项目28个，职业教育产教融合走在前列。",
        ["签约项目 level 28 个 action=签约", "职业教育产教融合 qualitative null null [走在 前列 null]"],
        "whose rank it is stands before the word of rank",
    ),
    (
        "轻、重工业占比分别为30%和70%。",
        ["轻工业占比 share 30 %", "重工业占比 share 70 %"],
        "halves of one word",
    ),
    (
        "服务310万农户。",
        ["服务农户 level 310 万户"],
        "households behind 万",
    ),
    (
        "诊疗人次达95.5亿，比上年增加1.3亿人次。",
        ["诊疗人次 level 95.5 亿人次", "诊疗人次 change 1.3 亿人次"],
        "a measure word in the name",
    ),
    (
        "城镇调查失业率、居民消费价格涨幅分别控制在5%、3%。",
        ["城镇调查失业率 level 5 %", "居民消费价格 growth 3 %"],
        "a rate beside a growth",
    ),
    (
        "优良天数比率95.5%，水质优良比例97.7%，均明显好于国家考核目标。",
        ["优良天数比率 level 95.5 % [好于 国家考核目标 null]", "水质优良比例 share 97.7 % [好于 国家考核目标 null]"],
        "a relation to all of a list",
    ),
    (
        "从主要工业产品产量看，水泥增长3.9%，纱下降1.1%。",
        ["水泥产量 growth 3.9 %", "纱产量 growth -1.1 %"],
        "a whole that the clause before names, goods of one character",
    ),
    (
        "居民消费价格中，食品烟酒类上涨2.1%，衣着类下降0.2%。",
        ["食品烟酒类价格 growth 2.1 %", "衣着类价格 growth -0.2 %"],
        "parts inside a whole",
    ),
    (
        "规模以上高技术产业增加值增长9.7%，其中通信设备制造业增长8%，新材料增长6%。",
        [
            "规模以上高技术产业增加值 growth 9.7 %",
            "通信设备制造业增加值 growth 8 %",
            "新材料产业增加值 growth 6 %",
        ],
        "a part that brings its own 业",
    ),
    (
        "96家龙头企业年销售收入18.4亿元。",
        ["龙头企业 level 96 家", "龙头企业年销售收入 level 18.4 亿元"],
        "years are no nouns",
    ),
    (
        "全市二手住宅销售价格同比下降0.7%，降幅比上月收窄0.2个百分点。其中，上海上涨5.6%，北京和广州分别下降2.6%、4.1%。",
        [
            "二手住宅销售价格 growth -0.7 %",
            "二手住宅销售价格降幅 change -0.2 个百分点 basis=mom",
            "二手住宅销售价格 growth 5.6 %",
            "二手住宅销售价格 growth -2.6 %",
            "二手住宅销售价格 growth -4.1 %",
        ],
        "places as parts, over a record about the fall",
    ),
    (
        "对实体经济发放的贷款增加12.3亿元，同比多增2.3亿元；委托贷款减少6亿元，同比少减2亿元。",
        [
            "对实体经济发放的贷款 change 12.3 亿元",
            "对实体经济发放的贷款 change 2.3 亿元",
            "委托贷款 change -6 亿元",
            "委托贷款 change 2 亿元",
        ],
        "a verb inside a relative clause, a fall that lessens",
    ),
    (
        "住户贷款增加14.6亿元，其中，短期贷款增加2.7亿元；企业贷款增加11亿元，其中，短期贷款增加3.1亿元。",
        [
            "住户贷款 change 14.6 亿元",
            "住户短期贷款 change 2.7 亿元",
            "企业贷款 change 11 亿元",
            "企业短期贷款 change 3.1 亿元",
        ],
        "parts of what their whole's owner has",
    ),
    (
        "国有企业利润总额同比增长1.2倍，股份制企业下降2.8%，采矿业增长5%。",
        [
            "国有企业利润总额 growth 1.2 倍",
            "股份制企业利润总额 growth -2.8 %",
            "采矿业利润总额 growth 5 %",
        ],
        "a growth in times beside growths in percent",
    ),
]
ROWS = [pytest.param(*row, id=row[2]) for row in TABLE]


@pytest.mark.parametrize(("text", "expected", "why"), ROWS)
def test_construction(text: str, expected: list[str], why: str, book: Rulebook) -> None:
    document = make_document(text, meta={"date": "2025-01-20", "period": "2024"})
    assert [brief(record) for record in parse_document(document, book).records] == expected


# the text, the period of its last record, whether it is inherited
TIMES = [
    ("1—6月，全市用电量增长5.2%。", "2024-01-01/2024-06-30", False),
    ("用电量增长5.2%。", "2024-01-01/2024-12-31", True),
    ("2023年，用电量增长5.2%。工业用电量增长3%。", "2023-01-01/2023-12-31", True),
    ("上半年，用电量增长5.2%。\n全年工业用电量增长3%。", "2024-01-01/2024-12-31", False),
    ("截至6月底，汽车保有量120万辆。", "2024-06-30/2024-06-30", False),
    ("2021—2023年，新建高速公路320公里。", "2021-01-01/2023-12-31", False),
    ("用电量比2020年增长5.2%。", "2024-01-01/2024-12-31", True),
]


@pytest.mark.parametrize(
    ("text", "period", "inferred"),
    TIMES,
    ids=[
        "named",
        "the report's",
        "carried",
        "not across what is named",
        "a day",
        "years",
        "a base is no time",
    ],
)
def test_period(text: str, period: str, inferred: bool, book: Rulebook) -> None:
    document = make_document(text, meta={"date": "2025-01-20", "period": "2024"})
    last = parse_document(document, book).records[-1].period
    assert (f"{last.start}/{last.end}", last.inferred) == (period, inferred)


# section, sentence, status
STATUS = [
    ("一、2024年工作回顾", "用电量增长5.2%。", "actual"),
    ("二、2025年主要任务", "用电量增长5.2%。", "target"),
    ("二、2025年主要任务", "个人额度不得超过1000万元。", "policy"),
    ("一、2024年工作回顾", "力争用电量增长5.2%。", "target"),
]


@pytest.mark.parametrize(("heading", "text", "status"), STATUS, ids=["review", "outlook", "a limit", "力争"])
def test_status(heading: str, text: str, status: str, book: Rulebook) -> None:
    document = make_document(f"{heading}\n\n{text}", meta={"date": "2025-01-20", "period": "2024"})
    assert [r.status for r in parse_document(document, book).records] == [status]


def test_a_value_keeps_its_printed_precision(book: Rulebook) -> None:
    record = parse_document(make_document("用电量增长6.10%。"), book).records[0]
    assert (record.value, record.decimals) == (Decimal("6.1"), 2)


def test_a_list_that_does_not_zip_is_an_issue(book: Rulebook) -> None:
    extraction = parse_document(make_document("粮食、油料产量分别增长2%、3%、4%。"), book)
    assert extraction.records == ()
    assert "LIST_MISMATCH" in [issue.code for issue in extraction.issues]


def test_a_place_as_a_part_is_the_records_place(book: Rulebook) -> None:
    text = "二手住宅销售价格同比下降0.7%。其中，上海上涨5.6%，北京和广州分别下降2.6%、4.1%。"
    records = parse_document(make_document(text, meta={"region": "全国"}), book).records
    assert [(r.region, r.region_code) for r in records[1:]] == [
        ("上海市", "310000"),
        ("北京市", "110000"),
        ("广州市", "440100"),
    ]


def test_where_no_year_is_known_an_outlook_has_no_dates(book: Rulebook) -> None:
    text = "政府工作报告\n\n今年工作安排\n\n今年经济社会发展的主要预期目标是：地区生产总值增长6%左右。\n"
    (record,) = parse_document(make_document(text), book).records
    assert (record.period.start, record.period.end, record.status) == (None, None, "target")
