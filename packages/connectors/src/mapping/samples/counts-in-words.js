district_data=[
  {
    "HOSPITAL_INFO": "Facility Name: District Civil Hospital \nAvailability of Beds: Yes (30), Isolation Beds: 20,\nICU Beds: 10,\nVentilators: 6\n\n\n\nAllocated Beds: Isolation Beds: 93, ICU: 14, Ventilators: 7 \n\nAvailability of Oxygen: Yes\n Availability of Drugs\nAntiviral: Yes,\n Helpline: 108, 1075 BoardLine Number: 01712553703",
    "LAST_UPDATED": "Updated On: 11:47 AM 30th Apr,21",
    "CITY": "Ambala", "LAT": 30.379285, "LONG": 76.779574
  },
  {
    "HOSPITAL_INFO": "Facility Name: Guardian Hospital \nAvailability of Beds: No (0), Isolation Beds: 0,\nICU Beds: Beds Over Utilized 2,\nVentilators: 1\n\n\n\nAllocated Beds: Isolation Beds: 10, ICU: 5, Ventilators: 2 \n\nAvailability of Oxygen: No\n Helpline: 108",
    "LAST_UPDATED": "Updated On: 2:26 PM 30th Apr,21",
    "CITY": "Ambala", "LAT": 30.3343, "LONG": 76.8753
  }
]
