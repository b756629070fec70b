"""In which country a cloud's region lies. One that spans countries keeps its own name."""

from __future__ import annotations

from typing import Final

_AWS = """
af-south-1 ZA  ap-east-1 HK  ap-east-2 TW  ap-northeast-1 JP  ap-northeast-2 KR  ap-northeast-3 JP
ap-south-1 IN  ap-south-2 IN  ap-southeast-1 SG  ap-southeast-2 AU  ap-southeast-3 ID
ap-southeast-4 AU  ap-southeast-5 MY  ap-southeast-6 NZ  ap-southeast-7 TH  ca-central-1 CA
ca-west-1 CA  cn-north-1 CN  cn-northwest-1 CN  eu-central-1 DE  eu-central-2 CH  eu-north-1 SE
eu-south-1 IT  eu-south-2 ES  eu-west-1 IE  eu-west-2 GB  eu-west-3 FR  eusc-de-east-1 DE
il-central-1 IL  me-central-1 AE  me-south-1 BH  mx-central-1 MX  sa-east-1 BR  us-east-1 US
us-east-2 US  us-gov-east-1 US  us-gov-west-1 US  us-west-1 US  us-west-2 US
"""
_GOOGLE = """
africa-south1 ZA  asia-east1 TW  asia-east2 HK  asia-northeast1 JP  asia-northeast2 JP
asia-northeast3 KR  asia-south1 IN  asia-south2 IN  asia-southeast1 SG  asia-southeast2 ID
asia-southeast3 TH  australia-southeast1 AU  australia-southeast2 AU  europe-central2 PL
europe-north1 FI  europe-north2 SE  europe-southwest1 ES  europe-west1 BE  europe-west10 DE
europe-west12 IT  europe-west2 GB  europe-west3 DE  europe-west4 NL  europe-west6 CH
europe-west8 IT  europe-west9 FR  me-central1 QA  me-central2 SA  me-west1 IL
northamerica-northeast1 CA  northamerica-northeast2 CA  northamerica-south1 MX
southamerica-east1 BR  southamerica-west1 CL  us-central1 US  us-east1 US  us-east4 US
us-east5 US  us-south1 US  us-west1 US  us-west2 US  us-west3 US  us-west4 US  us US
"""
_AZURE = """
australiacentral AU  australiaeast AU  australiasoutheast AU  austriaeast AT  belgiumcentral BE
brazilsouth BR  canadacentral CA  canadaeast CA  centralindia IN  centralus US  chilecentral CL
denmarkeast DK  eastasia HK  eastus US  eastus2 US  francecentral FR  francesouth FR
germanynorth DE  germanywestcentral DE  indonesiacentral ID  israelcentral IL  italynorth IT
japaneast JP  japanwest JP  koreacentral KR  koreasouth KR  malaysiawest MY  mexicocentral MX
newzealandnorth NZ  northcentralus US  northeurope IE  norwayeast NO  norwaywest NO
polandcentral PL  qatarcentral QA  southafricanorth ZA  southafricawest ZA  southcentralus US
southeastasia SG  southindia IN  spaincentral ES  swedencentral SE  swedensouth SE
switzerlandnorth CH  switzerlandwest CH  uaecentral AE  uaenorth AE  uksouth GB  ukwest GB
westcentralus US  westeurope NL  westindia IN  westus US  westus2 US  westus3 US
"""


def _pairs(text: str) -> dict[str, str]:
    words = text.split()
    return dict(zip(words[::2], words[1::2], strict=True))


COUNTRIES: Final = _pairs(_AWS) | _pairs(_GOOGLE) | _pairs(_AZURE)


def country(region: str) -> str:
    """The ISO 3166 code of the country, or the region's own name."""
    return COUNTRIES.get(region.lower().replace(" ", ""), region)
