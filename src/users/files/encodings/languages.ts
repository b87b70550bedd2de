/**
 * Samples of names in the languages of offices: common first and last names, to determine which of several encodings
 * decodes a file's bytes into names. Only their letters and pairs of letters are counted.
 */

export type Script = 'alphabet' | 'characters';

export type Language = {
  readonly name: string;
  readonly script: Script;
  /** Names separated by spaces; for a language written in characters, the characters themselves. */
  readonly names: string;
};

const alphabet = (name: string, names: string): Language => ({ name, script: 'alphabet', names });
const characters = (name: string, names: string): Language => ({
  name,
  script: 'characters',
  names,
});

export const languages = {
  french: alphabet(
    'French',
    'René Renée Lefèvre Hélène André Éric Émilie Élodie François Françoise Gérard Jérôme Stéphane Stéphanie Cédric Frédéric Aurélie Amélie Béatrice Benoît Céline Chloé Noël Joël Raphaël Michaël Zoé Léa Théo Mégane Mélanie Hervé Gaëlle Maëlle Anaïs Loïc Éloïse Hélèna Inès Agnès Geneviève Sébastien Valérie Thérèse Clément Grégoire Grégory Jérémie Régis Rémy Rémi Desirée Bérénice Garçon Lemaître Benoît Pâquet Bénard Béranger Mérieux Méndès Guérin Lévêque Prévost Château Côté Bélanger Pépin Fréchette Gagné Müller Noémie Désiré Dupré Duprès Legrâce Rivière Barthélémy',
  ),
  german: alphabet(
    'German',
    'Müller Jürgen Günther Jörg Björn Käthe Bärbel Sören Götz Lübke Schröder Schäfer Krüger Köhler König Böhm Möller Jäger Größe Groß Weiß Strauß Voß Preuß Heß Späth Vögel Fürst Höfer Kübler Stöckl Büchner Bäcker Schütz Schön Grün Löwe Hübner Händel Köster Kästner Wölfl Lührs Dürr Führer Häusler Träger Mühlbauer Österreicher Übel Ärzte Özil',
  ),
  spanish: alphabet(
    'Spanish',
    'José María Jesús Ángel Iván Andrés Martín Mónica Verónica Óscar Raúl Sofía Lucía Inés Belén Begoña Íñigo Núñez Muñoz Peña Ibáñez Yáñez Zúñiga Cañas Ordóñez Castaño García Rodríguez González Hernández López Martínez Pérez Sánchez Ramírez Gómez Fernández Díaz Vázquez Jiménez Gutiérrez Álvarez Méndez Domínguez Suárez Álvaro Nicolás Sebastián Joaquín Ramón Adrián Víctor Héctor Germán Rubén Tomás Simón Concepción Ascensión Agustín Benjamín Valentín Núria Àngels Güell Argüello Agüero',
  ),
  portuguese: alphabet(
    'Portuguese',
    'João José António Conceição Assunção Magalhães Guimarães Simões Gonçalves Gonçalo Inês Luís Luísa Lúcia Patrícia Fátima Mário Sérgio Cláudia Flávia Vitória Antônio Araújo Corrêa Conceição Brandão Leitão Falcão Paixão Romão Galvão Aragão Estêvão Sebastião Damião Estevão Mendonça França Lourenço Graça Bragança Ângela Estêvez André Ruão Simão Camões Brandões Tomé Zé Ávila Évora Júlia Júlio Lígia Márcia Márcio Mônica Natália Otávio Vinícius Vítor',
  ),
  italian: alphabet(
    'Italian',
    'Nicolò Niccolò Andrè Tiè Forlì Donà Mosè Noè Giosuè Roccò Cantù Dalmà Muscarà Calabrò Fodarò Nicolè Giordà Corrà Aletè Cefalù Macrì Scalì Tripodì Morabìto Condò Minnitì Zappalà Trovatò',
  ),
  nordic: alphabet(
    'Nordic',
    'Søren Jørgen Jørn Bjørn Bjørk Kåre Håkon Håkan Åse Åsa Åke Pål Mårten Mårtensson Göran Göransson Östen Östlund Öberg Äijälä Märta Pär Örjan Lövgren Sjöberg Sjöström Nyström Lindström Bergström Åström Åberg Åkesson Björklund Björkman Ström Möller Sörensen Sørensen Jørgensen Kjær Kjærgaard Nørgaard Østergaard Ødegård Bø Løkke Mæland Næss Bækkelund Skjærstad Mäkinen Mäkelä Hämäläinen Heikkilä Järvinen Väisänen Kärkkäinen Räikkönen Häkkinen Jyrkkä Päivi Päivö Yrjö Törmänen Þór Þórdís Guðrún Sigurðsson Björnsdóttir Ragnheiður Ólafur Jónsson Kristján Ívar Árni Óðinn Æsa',
  ),
  polish: alphabet(
    'Polish',
    'Łukasz Paweł Michał Rafał Wojciech Małgorzata Agnieszka Bożena Grażyna Elżbieta Zbigniew Żaneta Józef Jerzy Kraków Wójcik Kowalczyk Zieliński Szymański Woźniak Dąbrowski Kozłowski Jabłoński Wiśniewski Wiśniewska Lewandowski Kamiński Piotrowski Michałowski Król Wróbel Jaworski Malinowski Pawłowski Górski Zając Gołębiowski Sikorska Błaszczyk Żuk Żukowski Chmieliński Śliwa Świątek Świderski Ścibor Święcicki Źrebiec Ćwik Kwaśniewski Walęsa Wałęsa Brzęczyszczykiewicz Gąsior Mączka Rządkowski Jędrzej Jędrzejczyk Łącki Zięba Sęk Krzyż Ożóg Stanisław Bronisław Władysław Mirosława Wiesława Żółkiewski Maciąg Bąk Stępień',
  ),
  czech: alphabet(
    'Czech or Slovak',
    'Jiří Řehoř Ondřej Tomáš Lukáš Matěj Vojtěch Štěpán Šárka Žaneta Žofie Zdeněk Čeněk Dvořák Dvořáková Novák Nováková Svobodová Novotný Novotná Procházka Kučera Veselý Horák Němec Pokorný Černý Černá Krejčí Růžička Růžičková Beneš Fiala Sedláček Zeman Kolář Navrátil Čermák Vaněk Urban Blažek Kříž Kratochvíl Kopecký Bartoš Vlček Malý Šimek Šťastný Hájek Konečný Říha Tichý Mareš Ševčík Ševčíková Jelínek Růžena Běla Květa Věra Jaroměř Vít Václav František Ladislav Ľubomír Ľudovít Ďurica Kováč Horváth Tóth Nagy Baláž Hudák Šoltés Lukáč Polák Juráš Miškovič',
  ),
  hungarian: alphabet(
    'Hungarian',
    'László István József János Gábor Zoltán Péter Tamás András Attila Ákos Balázs Csaba Dániel Dezső Ernő Győző Győrgy György Jenő Gergő Lőrinc Márton Máté Mátyás Miklós Ödön Örs Ottó Pál Sándor Szabolcs Tibor Vilmos Zsófia Ágnes Éva Katalin Ildikó Erzsébet Gyöngyi Hajnalka Réka Mária Nagy Kovács Tóth Szabó Horváth Varga Kiss Molnár Németh Farkas Balogh Papp Takács Juhász Lakatos Mészáros Oláh Simon Rácz Fekete Szilágyi Török Fehér Gál Kocsis Szűcs Sípos Bűdi Szőke Erdős Fűrész Kőműves Szőllősi',
  ),
  romanian: alphabet(
    'Romanian',
    'Ştefan Ștefania Cătălin Cătălina Răzvan Bogdan Mădălina Mihăiţă Niţă Ioniţă Tănase Dănuţ Crăciun Brătianu Mănescu Dumitraşcu Ţepeş Ţurcanu Şerban Şerbănescu Câmpeanu Gheorghiţă Rădulescu Măgureanu Văcărescu Lăcătuş Mureşan Moldoveanu Sârbu Pârvu Bălan Stănescu Ionaşcu Ardeleanu Vlădescu Codruţa Anghelaş Timişoara Bucureşti Braşov',
  ),
  croatian: alphabet(
    'Croatian or Slovenian',
    'Željko Živko Zvonimir Šime Čedomir Đorđe Đuro Ćiril Branimir Jurković Horvat Kovačević Babić Marić Jurić Novak Kovačić Vuković Marković Matić Tomić Pavlović Božić Blažević Grgić Perić Filipović Šarić Lovrić Vidović Popović Bošnjak Jukić Barišić Mikulić Žagar Žižek Čeh Krajnc Zupančič Kovačič Potočnik Mlakar Kos Vidmar Golob Turk Božič Kralj Zupan Bizjak Hribar Kotnik Rozman Kavčič Mrkić Tadić Nikolić Petrović Jovanović Đokić Đurić Čolić Šupljika',
  ),
  turkish: alphabet(
    'Turkish',
    'Çağlar Çağla Şebnem Şule Şeyma Ayşe Ayşegül Fatoş Gökhan Gülşen Göksel Gülsüm Hüseyin İbrahim İsmail İlker İpek İrem Işık Işıl Kadıoğlu Karaoğlu Müge Mübeccel Nurşen Oğuz Oğuzhan Ömer Özge Özgür Özlem Öztürk Pınar Rıza Rüya Sıla Süleyman Tuğba Tuğçe Uğur Ümit Ülkü Yağız Yağmur Yıldız Yıldırım Yılmaz Şahin Çelik Aydın Özdemir Arslan Doğan Kılıç Çetin Kaplan Koç Kurt Özkan Şimşek Polat Erdoğan Güneş Bulut Aksoy Taş Yalçın Demirtaş Kırmızı Aslıhan Sezgin Barış Beşiktaş Kaşıkçı',
  ),
  baltic: alphabet(
    'Baltic',
    'Žygimantas Šarūnas Rūta Eglė Giedrė Jūratė Austėja Gabrielė Ugnė Miglė Agnė Aistė Živilė Neringa Kęstutis Vytautas Mindaugas Ąžuolas Algirdas Ėdvardas Kazlauskas Jankauskas Petrauskaitė Stankevičius Vasiliauskienė Žukauskas Butkevičius Paulauskas Urbonavičius Kavaliūnas Navickaitė Jānis Mārtiņš Kārlis Pēteris Edgars Andris Ilze Līga Inese Anna Kristīne Zane Baiba Bērziņš Kalniņš Ozoliņš Jansons Liepiņa Krūmiņa Zariņš Balodis Eglītis Krastiņš Ķēniņš Ģirts Ēriks Jüri Jaan Märt Mäe Tõnu Tõnis Ülle Õnne Kõiv Põld Rätsep Pärn Kask Sepp Mägi Tamm Šmits',
  ),
  russian: alphabet(
    'Russian',
    'Иван Иванов Иванова Пётр Петров Петрова Сергей Сидоров Алексей Александр Александра Дмитрий Михаил Николай Андрей Владимир Евгений Екатерина Елена Ольга Наталья Татьяна Ирина Светлана Анна Мария Юлия Людмила Галина Смирнов Кузнецов Попов Васильев Соколов Михайлов Новиков Фёдоров Морозов Волков Алексеев Лебедев Семёнов Егоров Павлов Козлов Степанов Николаев Орлов Андреев Макаров Никитин Захаров Зайцев Соловьёв Борисов Яковлев Григорьев Романов Воробьёв Щербаков Жуков Чернов Шевченко Юрий Яна Эдуард Игорь Олег Виктор Максим Артём Кирилл Денис Роман Ксения Дарья Полина Анастасия Виктория',
  ),
  ukrainian: alphabet(
    'Ukrainian or Bulgarian',
    'Іван Олександр Олексій Андрій Сергій Дмитро Микола Михайло Юрій Тарас Богдан Ярослав Віталій Наталія Олена Ольга Ірина Тетяна Оксана Юлія Шевченко Коваленко Бондаренко Ткаченко Кравченко Олійник Шевчук Поліщук Мельник Лисенко Павленко Савченко Руденко Петренко Левченко Їжакевич Євген Ґалаґан Георги Димитър Иванов Стоян Стоянов Петко Христо Тодор Тодорова Красимир Цветан Цветанка Пламен Благой Ангелов Димитров Георгиев Николов Йордан Йорданка Желев Върбанов Кънев Щерев',
  ),
  greek: alphabet(
    'Greek',
    'Γιώργος Γεώργιος Γιάννης Ιωάννης Δημήτρης Δημήτριος Νίκος Νικόλαος Κώστας Κωνσταντίνος Παναγιώτης Βασίλης Βασίλειος Χρήστος Αθανάσιος Θανάσης Μιχάλης Ευάγγελος Σπύρος Στέφανος Μαρία Ελένη Κατερίνα Αικατερίνη Βασιλική Σοφία Αγγελική Γεωργία Δήμητρα Κωνσταντίνα Ειρήνη Παπαδόπουλος Παπαδοπούλου Βλάχος Αγγελόπουλος Νικολάου Οικονόμου Γεωργίου Δημητρίου Παπαγεωργίου Παππάς Ιωαννίδης Χατζής Αντωνίου Μακρής Καραγιάννης Ψαρράς Ζαχαρίου Φωτίου Λάμπρου Ρούσσος',
  ),
  hebrew: alphabet(
    'Hebrew',
    'דוד משה יוסף יעקב אברהם יצחק שלמה מיכאל דניאל אורי נועם איתי שרה רבקה רחל לאה מרים אסתר חנה תמר נועה מאיה כהן לוי מזרחי פרץ ביטון דהן אברהמי פרידמן אזולאי מלכה כץ יוסף עמר אוחיון חדד גבאי בן דוד אדרי לוין טל קליין שפירא שלום יהודה גולן רוזנברג צור',
  ),
  arabic: alphabet(
    'Arabic',
    'محمد أحمد محمود علي حسن حسين إبراهيم يوسف عمر خالد سعيد عبد الله عبدالله عبدالرحمن مصطفى كريم طارق وليد ياسر فاطمة عائشة خديجة مريم زينب سارة نور هدى ليلى منى سمير رشيد بن السيد الشريف المصري الحسن العلي القاسم الخطيب النجار حداد صالح ناصر سليمان جمال فهد سلطان بدر ماجد',
  ),
  thai: alphabet(
    'Thai',
    'สมชาย สมหญิง สมศักดิ์ สมพร ประเสริฐ วิชัย สุชาติ สุรชัย ณรงค์ อภิชาติ ธนากร กิตติ ชัยวัฒน์ พรทิพย์ วรรณา มาลี นภา สุดา รัตนา อรุณ จันทร์ ศรีสุข แก้ว ทองดี ใจดี บุญมี วงศ์ สุวรรณ รุ่งเรือง พงษ์ ศรี ชื่น เจริญ',
  ),
  vietnamese: alphabet(
    'Vietnamese',
    'Nguyễn Trần Lê Phạm Hoàng Huỳnh Phan Vũ Võ Đặng Bùi Đỗ Hồ Ngô Dương Lý Thị Văn Hữu Đức Minh Hùng Dũng Cường Tuấn Anh Hương Hường Thủy Thảo Ngọc Hạnh Hiền Phương Quỳnh Trâm Việt Quốc Đình Trọng Kiệt Tâm Bình',
  ),
  japanese: characters(
    'Japanese',
    '佐藤鈴木高橋田中伊藤渡辺山本中村小林加藤吉田山田佐々木山口松本井上木村林斎藤清水山崎森池田橋本阿部石川山下小川石井長谷川後藤岡田近藤前田藤田遠藤青木坂本村上太田金子藤井福田西村三浦竹内中川岡本松田原田中野小野田村藤原中山石田上田森田原柴田酒井工藤横山宮崎宮本内田高木安藤島田谷口大野高田丸山今井河野藤本村田武田上野杉山増田小島平野大塚千葉久保松井岩崎桜井野口松尾野村木下菊地佐野大西杉本新井浜田市川古川水野太郎花子一郎次郎健一健太翔太大輔拓也直樹美咲陽子恵子由美裕子真由美香織愛優子智子明美さくらひろしゆうこあいまいたろう子美男夫雄介輔也樹哉斗翔陽葵結衣凛蓮悠真湊颯',
  ),
  simplifiedChinese: characters(
    'Chinese (simplified)',
    '王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许邓冯韩曹曾彭萧蔡潘田董袁于余叶蒋杜苏魏程吕丁沈任姚卢傅钟姜崔谭廖范汪陆金石戴贾韦夏邱方侯邹熊孟秦白江阎薛尹段雷黎史龙陶贺顾毛郝龚邵万钱严赖覃洪武莫孔伟芳娜秀英敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂华建国文辉力志永健世广义兴良海山仁波宁贵福生龙元全胜学祥才发成康星光天达安岩中茂进林有坚和彪博诚先敬震振壮会群豪心邦承乐绍功松善厚庆民友裕河哲江浩亮政谦亨奇固之轮翰朗伯宏言若鸣朋斌梁栋维启克伦翔旭鹏泽晨辰士以建家致树炎德行时泰盛雄琛钧冠策腾楠榕风航弘小晓红雨欣怡梦佳琪婷慧莹雪琳洁玲燕云春梅',
  ),
  traditionalChinese: characters(
    'Chinese (traditional)',
    '陳林黃張李王吳劉蔡楊許鄭謝洪郭邱曾廖賴徐周葉蘇莊呂江何蕭羅高潘簡朱鍾彭游詹胡施沈余盧梁趙顏柯翁魏孫戴范方宋鄧杜傅侯曹薛丁卓馬阮董唐溫藍蔣石古紀姚連馮歐程湯田康姜汪白鄒尤巫鐘黎涂龔嚴韓袁金童陸夏柳凃邵錢伍倪溫于譚駱熊任甘秦顧毛章史官萬俞雷粘饒張闕凌崔尹孔志明俊傑建宏淑芬美玲雅婷怡君家豪宗翰冠宇承恩品妤詠晴子宸宥詩涵佳穎欣惠秀英麗華淑惠國榮文雄偉忠信義雲龍鳳儀慧貞靜宜芳瑜麗珠',
  ),
  korean: characters(
    'Korean',
    '김이박최정강조윤장임한오서신권황안송전홍유고문양손배백허남심노하곽성차주우구민류나진지엄채원천방공현함변염여추도소석선설마길연위표명기반왕금옥육인맹제모탁국어은편용철수영희민지수현서연준호지훈성민동현미경은정정숙순자영숙경희미영혜진지영은주수진현정민수영호상훈진우재현승현태현유진예은하은서윤도윤시우하준예준주원',
  ),
} as const satisfies Record<string, Language>;
