"""What is planted, as tables: one module per kind of case."""

# Files of the sample. Pages of one trial are named for it; `older` pages have the layout of the site until 2022.
PAGES = "clinicaltrials_gov/studies.json"
NDJSON = "clinicaltrials_gov/studies.ndjson"
SINGLE = "clinicaltrials_gov/{id}.json"
CHICTR = "chictr/{id}.html"
CHICTR_OLDER = "chictr/older-{id}.html"
CHICTR_XML = "chictr/{id}.xml"
CDE = "chinadrugtrials/{id}.html"
ICTRP_XML = "ictrp/ICTRP-Results.xml"
ICTRP_LIST = "ictrp/ictrp-list.csv"
ICTRP_EXPORT = "ictrp/ICTRPFullExport.csv"
