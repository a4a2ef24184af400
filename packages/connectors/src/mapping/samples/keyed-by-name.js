var city_bed_data = {
  "beds": {
    "All": { "type": "All", "last_updated_at": "06:10 PM, April 24", "total": 148, "occupied": 131, "vacant": 17 },
    "Aravalli General Hospital": { "type": "Government", "last_updated_at": "05:29 PM, April 24", "total": 108, "occupied": 95, "vacant": 13 },
    "St. Clare's Nursing Home, Sector 4": { "type": "Private", "last_updated_at": "11:07 PM, September 30", "total": 40, "occupied": 36, "vacant": 4 }
  },
  "covid_icu_beds": {
    "All": { "type": "All", "last_updated_at": "06:10 PM, April 24", "total": 20, "occupied": 20, "vacant": 0 },
    "Aravalli General Hospital": { "type": "Government", "last_updated_at": "05:29 PM, April 24", "total": 20, "occupied": 22, "vacant": 0 }
  },
  "ventilators": {
    "Aravalli General Hospital": { "type": "Government", "last_updated_at": "05:29 PM, April 24", "total": 8, "occupied": 5, "vacant": 4 }
  }
};
