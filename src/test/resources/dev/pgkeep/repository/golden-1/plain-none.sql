--
-- PostgreSQL database dump
--

\restrict kADRtcXpCtS21p72cqsdDfoW3OIY4O3nmOavA2iDbMwxMHEEKeB5KoSC9UFoakY

-- Dumped from database version 15.18 (Debian 15.18-0+deb12u1)
-- Dumped by pg_dump version 15.18 (Debian 15.18-0+deb12u1)

-- Started on 2026-11-21 07:27:02 UTC

SET statement_timeout = 0;
SET lock_timeout = 0;
SET idle_in_transaction_session_timeout = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);
SET check_function_bodies = false;
SET xmloption = content;
SET client_min_messages = warning;
SET row_security = off;

SET default_tablespace = '';

SET default_table_access_method = heap;

--
-- TOC entry 214 (class 1259 OID 16385)
-- Name: customers; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.customers (
    id integer NOT NULL,
    name text NOT NULL
);


ALTER TABLE public.customers OWNER TO postgres;

--
-- TOC entry 217 (class 1259 OID 16405)
-- Name: empty; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.empty (
    v json
);


ALTER TABLE public.empty OWNER TO postgres;

--
-- TOC entry 219 (class 1259 OID 16414)
-- Name: lonely; Type: SEQUENCE; Schema: public; Owner: postgres
--

CREATE SEQUENCE public.lonely
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


ALTER TABLE public.lonely OWNER TO postgres;

--
-- TOC entry 216 (class 1259 OID 16393)
-- Name: odd name; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public."odd name" (
    n bigint NOT NULL,
    customer integer,
    note text
);


ALTER TABLE public."odd name" OWNER TO postgres;

--
-- TOC entry 218 (class 1259 OID 16410)
-- Name: notes; Type: VIEW; Schema: public; Owner: postgres
--

CREATE VIEW public.notes AS
 SELECT "odd name".note
   FROM public."odd name";


ALTER TABLE public.notes OWNER TO postgres;

--
-- TOC entry 215 (class 1259 OID 16392)
-- Name: odd name_n_seq; Type: SEQUENCE; Schema: public; Owner: postgres
--

ALTER TABLE public."odd name" ALTER COLUMN n ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public."odd name_n_seq"
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- TOC entry 3363 (class 2613 OID 4711)
-- Name: 4711; Type: BLOB; Schema: -; Owner: postgres
--

SELECT pg_catalog.lo_create('4711');


ALTER LARGE OBJECT 4711 OWNER TO postgres;

--
-- TOC entry 3358 (class 0 OID 16385)
-- Dependencies: 214
-- Data for Name: customers; Type: TABLE DATA; Schema: public; Owner: postgres
--

COPY public.customers (id, name) FROM stdin;
1	customer 1
2	customer 2
3	customer 3
4	customer 4
5	customer 5
6	customer 6
7	customer 7
8	customer 8
9	customer 9
10	customer 10
11	customer 11
12	customer 12
13	customer 13
14	customer 14
15	customer 15
16	customer 16
17	customer 17
18	customer 18
19	customer 19
20	customer 20
21	customer 21
22	customer 22
23	customer 23
24	customer 24
25	customer 25
26	customer 26
27	customer 27
28	customer 28
29	customer 29
30	customer 30
31	customer 31
32	customer 32
33	customer 33
34	customer 34
35	customer 35
36	customer 36
37	customer 37
38	customer 38
39	customer 39
40	customer 40
\.


--
-- TOC entry 3361 (class 0 OID 16405)
-- Dependencies: 217
-- Data for Name: empty; Type: TABLE DATA; Schema: public; Owner: postgres
--

COPY public.empty (v) FROM stdin;
\.


--
-- TOC entry 3360 (class 0 OID 16393)
-- Dependencies: 216
-- Data for Name: odd name; Type: TABLE DATA; Schema: public; Owner: postgres
--

COPY public."odd name" (n, customer, note) FROM stdin;
1	2	c4ca4238a0b923820dcc509a6f75849b
2	3	c81e728d9d4c2f636f067f89cc14862c
3	4	eccbc87e4b5ce2fe28308fd9f2a7baf3
4	5	a87ff679a2f3e71d9181a67b7542122c
5	6	e4da3b7fbbce2345d7772b0674a318d5
6	7	1679091c5a880faf6fb5e6087eb1b2dc
7	8	8f14e45fceea167a5a36dedd4bea2543
8	9	c9f0f895fb98ab9159f51fd0297e236d
9	10	45c48cce2e2d7fbdea1afc51c7c6ad26
10	11	d3d9446802a44259755d38e6d163e820
11	12	6512bd43d9caa6e02c990b0a82652dca
12	13	c20ad4d76fe97759aa27a0c99bff6710
13	14	c51ce410c124a10e0db5e4b97fc2af39
14	15	aab3238922bcc25a6f606eb525ffdc56
15	16	9bf31c7ff062936a96d3c8bd1f8f2ff3
16	17	c74d97b01eae257e44aa9d5bade97baf
17	18	70efdf2ec9b086079795c442636b55fb
18	19	6f4922f45568161a8cdf4ad2299f6d23
19	20	1f0e3dad99908345f7439f8ffabdffc4
20	21	98f13708210194c475687be6106a3b84
21	22	3c59dc048e8850243be8079a5c74d079
22	23	b6d767d2f8ed5d21a44b0e5886680cb9
23	24	37693cfc748049e45d87b8c7d8b9aacd
24	25	1ff1de774005f8da13f42943881c655f
25	26	8e296a067a37563370ded05f5a3bf3ec
26	27	4e732ced3463d06de0ca9a15b6153677
27	28	02e74f10e0327ad868d138f2b4fdd6f0
28	29	33e75ff09dd601bbe69f351039152189
29	30	6ea9ab1baa0efb9e19094440c317e21b
30	31	34173cb38f07f89ddbebc2ac9128303f
31	32	c16a5320fa475530d9583c34fd356ef5
32	33	6364d3f0f495b6ab9dcf8d3b5c6e0b01
33	34	182be0c5cdcd5072bb1864cdee4d3d6e
34	35	e369853df766fa44e1ed0ff613f563bd
35	36	1c383cd30b7c298ab50293adfecb7b18
36	37	19ca14e7ea6328a42e0eb13d585e4c22
37	38	a5bfc9e07964f8dddeb95fc584cd965d
38	39	a5771bce93e200c36f7cd9dfd0e5deaa
39	40	d67d8ab4f4c10bf22aa353e27879133c
40	1	d645920e395fedad7bbbed0eca3fe2e0
41	2	3416a75f4cea9109507cacd8e2f2aefc
42	3	a1d0c6e83f027327d8461063f4ac58a6
43	4	17e62166fc8586dfa4d1bc0e1742c08b
44	5	f7177163c833dff4b38fc8d2872f1ec6
45	6	6c8349cc7260ae62e3b1396831a8398f
46	7	d9d4f495e875a2e075a1a4a6e1b9770f
47	8	67c6a1e7ce56d3d6fa748ab6d9af3fd7
48	9	642e92efb79421734881b53e1e1b18b6
49	10	f457c545a9ded88f18ecee47145a72c0
50	11	c0c7c76d30bd3dcaefc96f40275bdc0a
51	12	2838023a778dfaecdc212708f721b788
52	13	9a1158154dfa42caddbd0694a4e9bdc8
53	14	d82c8d1619ad8176d665453cfb2e55f0
54	15	a684eceee76fc522773286a895bc8436
55	16	b53b3a3d6ab90ce0268229151c9bde11
56	17	9f61408e3afb633e50cdf1b20de6f466
57	18	72b32a1f754ba1c09b3695e0cb6cde7f
58	19	66f041e16a60928b05a7e228a89c3799
59	20	093f65e080a295f8076b1c5722a46aa2
60	21	072b030ba126b2f4b2374f342be9ed44
61	22	7f39f8317fbdb1988ef4c628eba02591
62	23	44f683a84163b3523afe57c2e008bc8c
63	24	03afdbd66e7929b125f8597834fa83a4
64	25	ea5d2f1c4608232e07d3aa3d998e5135
65	26	fc490ca45c00b1249bbe3554a4fdf6fb
66	27	3295c76acbf4caaed33c36b1b5fc2cb1
67	28	735b90b4568125ed6c3f678819b6e058
68	29	a3f390d88e4c41f2747bfa2f1b5f87db
69	30	14bfa6bb14875e45bba028a21ed38046
70	31	7cbbc409ec990f19c78c75bd1e06f215
71	32	e2c420d928d4bf8ce0ff2ec19b371514
72	33	32bb90e8976aab5298d5da10fe66f21d
73	34	d2ddea18f00665ce8623e36bd4e3c7c5
74	35	ad61ab143223efbc24c7d2583be69251
75	36	d09bf41544a3365a46c9077ebb5e35c3
76	37	fbd7939d674997cdb4692d34de8633c4
77	38	28dd2c7955ce926456240b2ff0100bde
78	39	35f4a8d465e6e1edc05f3d8ab658c551
79	40	d1fe173d08e959397adf34b1d77e88d7
80	1	f033ab37c30201f73f142449d037028d
81	2	43ec517d68b6edd3015b3edc9a11367b
82	3	9778d5d219c5080b9a6a17bef029331c
83	4	fe9fc289c3ff0af142b6d3bead98a923
84	5	68d30a9594728bc39aa24be94b319d21
85	6	3ef815416f775098fe977004015c6193
86	7	93db85ed909c13838ff95ccfa94cebd9
87	8	c7e1249ffc03eb9ded908c236bd1996d
88	9	2a38a4a9316c49e5a833517c45d31070
89	10	7647966b7343c29048673252e490f736
90	11	8613985ec49eb8f757ae6439e879bb2a
91	12	54229abfcfa5649e7003b83dd4755294
92	13	92cc227532d17e56e07902b254dfad10
93	14	98dce83da57b0395e163467c9dae521b
94	15	f4b9ec30ad9f68f89b29639786cb62ef
95	16	812b4ba287f5ee0bc9d43bbf5bbe87fb
96	17	26657d5ff9020d2abefe558796b99584
97	18	e2ef524fbf3d9fe611d5a8e90fefdc9c
98	19	ed3d2c21991e3bef5e069713af9fa6ca
99	20	ac627ab1ccbdb62ec96e702f07f6425b
100	21	f899139df5e1059396431415e770c6dd
\.


--
-- TOC entry 3370 (class 0 OID 0)
-- Dependencies: 219
-- Name: lonely; Type: SEQUENCE SET; Schema: public; Owner: postgres
--

SELECT pg_catalog.setval('public.lonely', 1, false);


--
-- TOC entry 3371 (class 0 OID 0)
-- Dependencies: 215
-- Name: odd name_n_seq; Type: SEQUENCE SET; Schema: public; Owner: postgres
--

SELECT pg_catalog.setval('public."odd name_n_seq"', 100, true);


--
-- TOC entry 3364 (class 0 OID 0)
-- Data for Name: BLOBS; Type: BLOBS; Schema: -; Owner: -
--

BEGIN;

SELECT pg_catalog.lo_open('4711', 131072);
SELECT pg_catalog.lowrite(0, '\x6c61726765');
SELECT pg_catalog.lo_close(0);

COMMIT;

--
-- TOC entry 3211 (class 2606 OID 16391)
-- Name: customers customers_pkey; Type: CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.customers
    ADD CONSTRAINT customers_pkey PRIMARY KEY (id);


--
-- TOC entry 3213 (class 2606 OID 16399)
-- Name: odd name odd name_pkey; Type: CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public."odd name"
    ADD CONSTRAINT "odd name_pkey" PRIMARY KEY (n);


--
-- TOC entry 3214 (class 2606 OID 16400)
-- Name: odd name odd name_customer_fkey; Type: FK CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public."odd name"
    ADD CONSTRAINT "odd name_customer_fkey" FOREIGN KEY (customer) REFERENCES public.customers(id);


-- Completed on 2026-11-21 07:27:02 UTC

--
-- PostgreSQL database dump complete
--

\unrestrict kADRtcXpCtS21p72cqsdDfoW3OIY4O3nmOavA2iDbMwxMHEEKeB5KoSC9UFoakY

